"""Remember everything that must survive a night: the only package that speaks SQL."""

"""Book in Twinfield, the bookkeeping package of Wolters Kluwer."""

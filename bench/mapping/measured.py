"""Say what a process needed; kept apart, so that programs without the project's packages have it too."""

import resource


def peak_mb() -> float:
    """Return the peak of this process's resident memory, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""The one error of whatever reads a legacy file."""

__all__ = ["MigrationError"]


class MigrationError(ValueError):
    """A legacy file that cannot be converted, or not without a risk: who needs what, what came."""

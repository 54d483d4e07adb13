"""What an object works out when it is first asked for it, and keeps."""


class Once:
    """A method as an attribute that is worked out once.

    As functools.cached_property, which takes a lock until Python 3.12. The value is kept under the
    attribute's own name, so that from then on it is found without asking here.
    """

    def __init__(self, method):
        self.__doc__ = method.__doc__
        self._method = method
        self._name = method.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._method(instance)
        return value

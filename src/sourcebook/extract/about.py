"""What is known of a body before it is read."""

from msgspec import Struct


class About(Struct, frozen=True):
    """Where a body came from and what its server said of it."""

    url: str
    media_type: str = ""  # without parameters; "" when the server did not say
    charset: str = ""  # as the server said; "" when it did not

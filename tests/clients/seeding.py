"""Publishes in the database of the environment what the clients ask for: run as a module."""

import django

TITLE = "ประกาศสำหรับโปรแกรมอื่น"
NEWS = 3


def seed() -> None:
    """News with a Thai title, signed and public."""
    from tests.office import Office  # the models are there after `django.setup` only

    office = Office()
    for number in range(1, NEWS + 1):
        office.publish(office.draft(title=f"{TITLE} {number}", slug=f"clients-{number}"))


if __name__ == "__main__":
    django.setup()
    seed()

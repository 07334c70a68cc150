"""Mail, where IMPORTADMIN_MAIL_URL names a server. Without one an admin copies the link."""

import logging
import smtplib

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail

log = logging.getLogger(__name__)

TEXT = """Hello {name},

you can sign in to Meet Import Admin as “{username}”. Choose your password here:

{link}

The link works once, within {days} days. If you did not expect this mail, leave it alone.
"""


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def send_link(user: User, link: str) -> bool:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    name = user.get_short_name() or user.username
    text = TEXT.format(name=name, username=user.username, link=link, days=days)
    try:
        send_mail("Your account at Meet Import Admin", text, None, [user.email])
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server could not be used: %s", type(error).__name__)
        return False
    return True

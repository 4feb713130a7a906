"""Settings, all from the environment; what would be wrong at run time is refused here.

Nothing personal and no secret stands in this file. It can be read without a database and
without a secret: whatever uses either is then refused. Names of variables: docs/settings.md.
Read next: `config/environment.py` (how a variable is read), `config/urls.py`.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hervat.config import journal, mail
from hervat.config.environment import (
    LOOPBACK_NAMES,
    address,
    boolean,
    database,
    key,
    keys,
    lines,
    number,
    refuse_shared_keys,
    secret,
    text,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = boolean("HERVAT_DEBUG", default=False)
PLAIN_HTTP = boolean("HERVAT_PLAIN_HTTP", default=False)
SECRET_KEY = secret("HERVAT_SECRET_KEY")
KEYS_ORDINARY = keys("HERVAT_KEYS_ORDINARY")
KEYS_MEDICAL = keys("HERVAT_KEYS_MEDICAL")
INDEX_KEY = key("HERVAT_INDEX_KEY")
DOOR_KEY = key("HERVAT_DOOR_KEY")
PREPARED_STATEMENTS = boolean("HERVAT_PREPARED_STATEMENTS", default=True)
refuse_shared_keys(
    {
        "HERVAT_KEYS_ORDINARY": [*KEYS_ORDINARY.values()],
        "HERVAT_KEYS_MEDICAL": [*KEYS_MEDICAL.values()],
        "HERVAT_INDEX_KEY": [INDEX_KEY] if INDEX_KEY else [],
        "HERVAT_DOOR_KEY": [DOOR_KEY] if DOOR_KEY else [],
    }
)
ALLOWED_HOSTS = lines("HERVAT_ALLOWED_HOSTS", default=list(LOOPBACK_NAMES))
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("HERVAT_ALLOWED_HOSTS mag niet * zijn. Noem de namen van deze website.")
if (DEBUG or PLAIN_HTTP) and not set(ALLOWED_HOSTS) <= set(LOOPBACK_NAMES):
    raise ImproperlyConfigured(
        "HERVAT_DEBUG en HERVAT_PLAIN_HTTP zijn alleen voor deze computer zelf. "
        "Haal ze weg, of laat HERVAT_ALLOWED_HOSTS leeg."
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "hervat.journal",
    "hervat.vault",
    "hervat.organisation",
    "hervat.dossiers",
    "hervat.course",
    "hervat.exchange",
    "hervat.jobs",
    # Before the library of log-in, whose pages are replaced by ours of the same name.
    "hervat.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "hervat.api.outside.keep_html_out",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hervat.web.headers.harden",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "hervat.web.preferences.apply_preferences",
    # Both are lazy: a page that does not ask who this is costs no query and gets no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hervat.web.login.guard.Guard",
    "hervat.web.errors.explain_method",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hervat.config.urls"
WSGI_APPLICATION = "hervat.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "hervat.web.page.frame"]
        },
    }
]

# `default` is the application's role, which owns nothing; `owner` migrates and is given to
# `hervat migrate` and `hervat demo` only, never to the process that serves.
DATABASES = {
    "default": database("HERVAT_DATABASE_URL"),
    "owner": database("HERVAT_OWNER_DATABASE_URL", label="hervat-owner"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Users hold no permissions of Django's own: what somebody may do is decided at the door.
AUTH_USER_MODEL = "organisation.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# Log-in: docs/login.md. Accounts are an administrator's; nobody signs up, and every role has a second factor.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "now"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hervat.web.login.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "hervat.web.login.adapter.name_of"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/15m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "activation": "10/5m/ip",
}
ACCOUNT_FORMS = {
    "login": "hervat.web.login.forms.LogIn",
    "reauthenticate": "hervat.web.login.forms.ConfirmPassword",
    "change_password": "hervat.web.login.forms.ChangePassword",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if boolean("HERVAT_BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "hervat.web.login.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there is no verified address: an administrator wrote it down
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Hervat"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; a code still counts once, see login/forms.py
MFA_FORMS = {
    "authenticate": "hervat.web.login.forms.SecondStep",
    "reauthenticate": "hervat.web.login.forms.ConfirmCode",
    "activate_totp": "hervat.web.login.forms.AddApp",
    "add_webauthn": "hervat.web.login.forms.AddPasskey",
}
# A quarter covers leave, a deployment or an illness; whoever is needed longer gets a posting of their own.
DEPUTY_WEEKS = number("HERVAT_DEPUTY_WEEKS", default=13, least=1, most=26)
IDLE_MINUTES = number("HERVAT_IDLE_MINUTES", default=15, least=5, most=60)
SESSION_ENGINE = "hervat.web.login.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The limits on guessing must hold for all processes together.
CACHES = {
    "default": {"BACKEND": "hervat.config.cache.JsonCache", "LOCATION": "hervat_cache"},
}
EMAIL_BACKEND, _MAIL = mail.server("HERVAT_MAIL_URL", on_this_machine=PLAIN_HTTP)
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = _MAIL.host, _MAIL.port, _MAIL.starttls
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_TIMEOUT = _MAIL.user, _MAIL.password, 10
# Where a link in an e-mail leads. What it says are the pages' words, and the jobs get them by name.
PUBLIC_ADDRESS = address("HERVAT_PUBLIC_ADDRESS", hosts=ALLOWED_HOSTS, plain=PLAIN_HTTP)
DIGEST_TEXT = "hervat.web.presenters.digest.digest_text"
DEFAULT_FROM_EMAIL: str = text("HERVAT_MAIL_FROM", default="hervat@localhost")

# Who seals has the private key; whoever verifies, or serves, has the public ones.
JOURNAL_SIGNER = journal.signer("HERVAT_JOURNAL_KEY")
JOURNAL_PUBLIC_KEYS = journal.verifiers("HERVAT_JOURNAL_PUBLIC_KEYS", JOURNAL_SIGNER)
JOURNAL_CHECKPOINTS = journal.folders("HERVAT_CHECKPOINTS")

# What runs on the background; the command line may not know that mouth, and gets its name.
JOBS = "hervat.jobs.running"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["hervat.jobs.tasks"]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("HERVAT_STATIC_ROOT", default=str(BASE_DIR.parent / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
if boolean("HERVAT_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hervat.web.errors.csrf_failure"
# The pages may not know this floor; they get the check as a name, and the style sheet as a path.
DEMO_CHECK = "hervat.config.demo.is_demo_request"
DEMO_DATABASE = "hervat.config.demo.is_demo"
THEME_CSS: str = text("HERVAT_THEME_CSS", default="")
CONTACT_EMAIL: str = text("HERVAT_CONTACT_EMAIL", default="")
READERS_BY_NAME = boolean("HERVAT_READERS_BY_NAME", default=False)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": "hervat.config.logs.FramesOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "frames"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Below an error it writes the address of every page that is not there or refused.
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

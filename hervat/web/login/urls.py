"""The addresses of log-in, under the names that the log-in library asks for.

Its own list of addresses is not used: it has pages that must not exist here, such as signing up, another
e-mail address or a password by e-mail. Read next: `reach.py` (for whom each is).
"""

from django.urls import path

from hervat.web.login import activation, demo, views

urlpatterns = [
    path("inloggen/", views.LogIn.as_view(), name="account_login"),
    path("inloggen/tweede-stap/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("uitloggen/", views.LogOut.as_view(), name="account_logout"),
    path("eerste-keer/", activation.show_paper_code, name="activation"),
    path("eerste-keer/e-mail/", activation.show_mail_code, name="activation-mail"),
    path("eerste-keer/wachtwoord/", activation.choose_password, name="activation-password"),
    path("bevestigen/wachtwoord/", views.Confirm.as_view(), name="account_reauthenticate"),
    path("bevestigen/code/", views.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("bevestigen/sleutel/", views.ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/wachtwoord/", views.ChangePassword.as_view(), name="account_change_password"),
    path("account/sessies/", views.Sessions.as_view(), name="usersessions_list"),
    path("account/tweede-stap/", views.Factors.as_view(), name="mfa_index"),
    path("account/tweede-stap/app/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("account/tweede-stap/app/weg/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/tweede-stap/sleutel/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/tweede-stap/sleutel/<int:pk>/weg/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"
    ),
    path("account/herstelcodes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuw/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("demo/", demo.choose, name="demo"),
]

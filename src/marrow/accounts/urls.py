from django.urls import path

from marrow.accounts import papers, views
from marrow.accounts.tokens import views as tokens

app_name = "accounts"
urlpatterns = [
    path("settings/", views.settings_page, name="settings"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token>/end/", tokens.end, name="end-token"),
    path("settings/accounts/", views.accounts, name="accounts"),
    path("settings/accounts/<uuid:account>/", views.account, name="account"),
    path("settings/accounts/<uuid:account>/close/", views.close, name="close"),
    path("settings/accounts/<uuid:account>/password/", views.password, name="password"),
    path("settings/accounts/<uuid:account>/revoke/<uuid:grant>/", views.revoke, name="revoke"),
    path("settings/accounts/<uuid:account>/reset/", papers.reset, name="reset"),
    path("settings/invitations/", papers.invitations, name="invitations"),
    path("settings/invitations/<uuid:invitation>/withdraw/", papers.withdraw, name="withdraw"),
    path("settings/sessions/", views.sessions, name="sessions"),
    path("settings/sessions/others/end/", views.end_others, name="end-others"),
    path("settings/sessions/<int:session>/end/", views.end_session, name="end-session"),
    path("settings/staff/", views.staff_mode, name="staff"),
    path("settings/staff/leave/", views.leave_staff, name="leave-staff"),
    path("settings/why/", views.why, name="why"),
    path("unsent/", views.unsent, name="unsent"),
    path("unsent/forget/", views.forget_unsent, name="forget-unsent"),
    path("code/", papers.code, name="code"),
    path("code/use/", papers.use_code, name="use-code"),
    path("doors/<str:username>/", views.demo_door, name="door"),
]

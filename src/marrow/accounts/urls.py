from django.urls import path

from marrow.accounts import views
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
    path("doors/<str:username>/", views.demo_door, name="door"),
]

"""Django's admin, for people and their roles only, and only for admins."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from importadmin.audit import record
from importadmin.roles import ROLES, has_role, role_required


class PeopleSite(admin.AdminSite):
    site_header = "Meet Import Admin: people and roles"
    site_title = "Meet Import Admin"
    index_title = "People and roles"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, "admin")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Somebody signed in without the role gets the site's 403, not another sign-in form."""
        return role_required("admin")(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("sign-in")


class PeopleAdmin(UserAdmin):
    """The role is the group. Single permissions and the superuser flag are not offered: nothing reads them."""

    list_display = ("username", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Role", {"fields": ("groups", "is_active")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "groups")}),
    )

    @admin.display(description="Role")
    def role(self, user: Any) -> str:
        groups = {group.name for group in user.groups.all()}
        return next((role for role in reversed(ROLES) if role in groups), "none")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, "admin")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_role(request.user, "admin")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, "admin")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever could set a superuser's password would be one.
        ours = obj is None or not obj.is_superuser or request.user.is_superuser
        return ours and has_role(request.user, "admin")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # People leave by `is_active`: their name stays on what they decided.
        return False

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        before = sorted(form.instance.groups.values_list("name", flat=True)) if change else []
        super().save_related(request, form, formsets, change)
        after = sorted(form.instance.groups.values_list("name", flat=True))
        if before != after or {"is_active", "username"} & set(form.changed_data):
            record(
                user=request.user,
                kind="person.changed" if change else "person.added",
                subject=form.instance,
                before={"roles": before} if change else None,
                after={"roles": after, "active": form.instance.is_active, "name": form.instance.get_username()},
            )


people_site = PeopleSite(name="admin")
people_site.register(get_user_model(), PeopleAdmin)

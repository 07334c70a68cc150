"""Rating a course. The form stands on the meet's page; this takes it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from importadmin.roles import role_required
from meets.actions.rate_course import BadRating, rate_course
from meets.models import Course


@require_POST
@role_required("admin")
def course_rating(request: HttpRequest, pk: UUID) -> HttpResponse:
    course = get_object_or_404(Course.objects.select_related("venue"), pk=pk)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/meets/"
    entered, seen = request.POST.get("rating", ""), request.POST.get("seen", "")
    try:
        rating = rate_course(
            course_id=pk, rating=entered, seen=seen, reason=request.POST.get("reason", ""), user=request.user
        )
    except BadRating as error:
        context = {"course": course, "entered": entered, "error": error, "next": back, "seen": seen}
        return render(request, "courses/rating.html", context, status=422)
    messages.success(request, f"{course.name} is rated {rating.normalize():f}. Normalised times and records follow.")
    return redirect(back)

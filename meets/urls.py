"""Addresses of bundles, imports and meets."""

from django.urls import path

from meets.views import (
    athletes,
    bundles,
    courses,
    derived,
    downloads,
    import_actions,
    imports,
    meets,
    rows,
    upload,
)

urlpatterns = [
    path("meets/", meets.meets, name="meets"),
    path("meets/<uuid:pk>/", meets.meet, name="meet"),
    path("courses/<uuid:pk>/rating/", courses.course_rating, name="course-rating"),
    path("athletes/", athletes.athletes, name="athletes"),
    path("athletes/<uuid:pk>/", athletes.athlete, name="athlete"),
    path("derived/", derived.derived, name="derived"),
    path("derived/rebuild/", derived.derived_rebuild, name="derived-rebuild"),
    path("derived/rebuilds/<uuid:pk>/", derived.rebuild_page, name="rebuild"),
    path("derived/rebuilds/<uuid:pk>/live/", derived.rebuild_live, name="rebuild-live"),
    path("derived/rebuilds/<uuid:pk>/approve/", derived.rebuild_approve, name="rebuild-approve"),
    path("derived/rebuilds/<uuid:pk>/cancel/", derived.rebuild_cancel, name="rebuild-cancel"),
    path("imports/", imports.imports, name="imports"),
    path("imports/upload/", upload.upload, name="upload"),
    path("imports/inbox/", upload.inbox_import, name="inbox-import"),
    path("imports/<uuid:pk>/", imports.import_page, name="import"),
    path("imports/<uuid:pk>/live/", imports.import_live, name="import-live"),
    path("imports/<uuid:pk>/progress.json", imports.import_progress, name="import-progress"),
    path("imports/<uuid:pk>/rows/", rows.import_rows, name="import-rows"),
    path("imports/<uuid:pk>/problems.csv", downloads.import_problems_csv, name="import-problems-csv"),
    path("imports/<uuid:pk>/problems.json", downloads.import_problems_json, name="import-problems-json"),
    path("imports/<uuid:pk>/cancel/", import_actions.import_cancel, name="import-cancel"),
    path("imports/<uuid:pk>/retry/", import_actions.import_retry, name="import-retry"),
    path("imports/<uuid:pk>/again/", import_actions.import_again, name="import-again"),
    path("imports/<uuid:pk>/answer/", import_actions.import_answer, name="import-answer"),
    path("bundles/", bundles.bundles, name="bundles"),
    path("bundles/import/", bundles.bundles_import, name="bundles-import"),
    path("bundles/<uuid:pk>/", bundles.bundle_check, name="bundle-check"),
    path("bundles/<uuid:pk>/headers/", bundles.bundle_headers, name="bundle-headers"),
    path("bundles/<uuid:pk>/import/", bundles.bundle_import, name="bundle-import"),
]

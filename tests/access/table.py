"""Who gets what, address by address: the expected status for each method and person.

anon is signed out, charlie has an account without a role, alice is staff and started the import, bob is a reviewer,
dana an admin. 302 for anon leads to sign-in. No worker runs beside these tests, so
/healthz says that a part fails. An address that is not here fails test_access.py.
"""

TABLE = """
                        method  anon charlie alice bob dana

dashboard               GET     302  403     200   200 200
dashboard               POST    302  405     405   405 405
search                  GET     302  403     200   200 200
search                  POST    302  405     405   405 405
meets                   GET     302  403     200   200 200
meets                   POST    302  405     405   405 405
meet                    GET     302  403     200   200 200
meet                    POST    302  405     405   405 405
comparison              GET     302  403     200   200 200
comparison              POST    302  405     405   405 405
comparison-json         GET     302  403     200   200 200
comparison-json         POST    302  405     405   405 405
comparison-csv          GET     302  403     200   200 200
comparison-csv          POST    302  405     405   405 405
comparison-missing      GET     302  403     403   200 200
comparison-missing      POST    302  403     403   303 303
comparison-extra        GET     302  403     403   400 400
comparison-extra        POST    302  403     403   303 303
comparison-ask          GET     302  405     405   405 405
comparison-ask          POST    302  403     403   303 303
meet-checklist          GET     302  403     200   200 200
meet-checklist          POST    302  405     405   405 405
meet-races              GET     302  403     200   200 200
meet-races              POST    302  405     405   405 405
course-rating           GET     302  405     405   405 405
course-rating           POST    302  403     403   403 302
athletes                GET     302  403     200   200 200
athletes                POST    302  405     405   405 405
athlete                 GET     302  403     200   200 200
athlete                 POST    302  405     405   405 405
athlete-merge           GET     302  403     403   200 200
athlete-merge           POST    302  403     403   200 200
cases                   GET     302  403     200   200 200
cases                   POST    302  405     405   405 405
case                    GET     302  403     200   200 200
case                    POST    302  405     405   405 405
cases-csv               GET     302  403     200   200 200
cases-csv               POST    302  405     405   405 405
cases-json              GET     302  403     200   200 200
cases-json              POST    302  405     405   405 405
cases-bulk              GET     302  403     403   200 200
cases-bulk              POST    302  403     403   303 303
case-answer             GET     302  405     405   405 405
case-answer             POST    302  403     403   303 303
case-skip               GET     302  405     405   405 405
case-skip               POST    302  403     403   303 303
case-park               GET     302  405     405   405 405
case-park               POST    302  403     403   303 303
case-note               GET     302  405     405   405 405
case-note               POST    302  403     403   303 303
case-claim              GET     302  405     405   405 405
case-claim              POST    302  403     403   204 204
case-changes            GET     302  403     403   200 200
case-changes            POST    302  405     405   405 405
case-athlete            GET     302  403     403   200 200
case-athlete            POST    302  405     405   405 405
decisions               GET     302  403     200   200 200
decisions               POST    302  405     405   405 405
decisions-csv           GET     302  403     200   200 200
decisions-csv           POST    302  405     405   405 405
decisions-json          GET     302  403     200   200 200
decisions-json          POST    302  405     405   405 405
decision                GET     302  403     200   200 200
decision                POST    302  405     405   405 405
decision-undo           GET     302  405     405   405 405
decision-undo           POST    302  403     403   303 303
derived                 GET     302  403     200   200 200
derived                 POST    302  405     405   405 405
derived-rebuild         GET     302  405     405   405 405
derived-rebuild         POST    302  403     403   403 302
correction              GET     302  403     403   403 200
correction              POST    302  403     403   403 422
correction-undo         GET     302  405     405   405 405
correction-undo         POST    302  403     403   403 302
holds                   GET     302  403     200   200 200
holds                   POST    302  405     405   405 405
hold-decide             GET     302  405     405   405 405
hold-decide             POST    302  403     403   403 302
rebuild                 GET     302  403     200   200 200
rebuild                 POST    302  405     405   405 405
rebuild-live            GET     302  403     200   200 200
rebuild-live            POST    302  405     405   405 405
rebuild-approve         GET     302  405     405   405 405
rebuild-approve         POST    302  403     403   403 302
rebuild-cancel          GET     302  405     405   405 405
rebuild-cancel          POST    302  403     403   403 302
audit                   GET     302  403     200   200 200
audit                   POST    302  405     405   405 405
system                  GET     302  403     200   200 200
system                  POST    302  405     405   405 405
trigger-enable          GET     302  405     405   405 405
trigger-enable          POST    302  403     403   403 302
healthz-web             GET     200  200     200   200 200
healthz-web             POST    405  405     405   405 405
metrics                 GET     401  401     200   200 200
metrics                 POST    405  405     405   405 405
healthz                 GET     503  503     503   503 503
healthz                 POST    405  405     405   405 405

people                  GET     302  403     403   403 200
people                  POST    302  405     405   405 405
people-invite           GET     302  405     405   405 405
people-invite           POST    302  403     403   403 302
person                  GET     302  403     403   403 200
person                  POST    302  405     405   405 405
person-role             GET     302  405     405   405 405
person-role             POST    302  403     403   403 302
person-active           GET     302  405     405   405 405
person-active           POST    302  403     403   403 302
person-link             GET     302  405     405   405 405
person-link             POST    302  403     403   403 302
join                    GET     200  200     200   200 200
join                    POST    302  302     302   302 302

sign-in                 GET     200  302     302   302 302
sign-in                 POST    200  302     302   302 302
sign-out                GET     302  405     405   405 405
sign-out                POST    302  302     302   302 302
password-change         GET     302  200     200   200 200
password-change         POST    302  200     200   200 200

upload                  GET     302  403     200   200 200
upload                  POST    302  403     422   422 422
problems                GET     302  403     200   200 200
problems                POST    302  405     405   405 405
inbox-import            GET     302  405     405   405 405
inbox-import            POST    302  403     302   302 302
bundles                 GET     302  403     200   200 200
bundles                 POST    302  405     405   405 405
bundles-import          GET     302  405     405   405 405
bundles-import          POST    302  403     302   302 302
bundle-check            GET     302  403     200   200 200
bundle-check            POST    302  405     405   405 405
bundle-headers          GET     302  405     405   405 405
bundle-headers          POST    302  403     302   302 302
bundle-import           GET     302  405     405   405 405
bundle-import           POST    302  403     302   302 302
imports                 GET     302  403     200   200 200
imports                 POST    302  405     405   405 405
import                  GET     302  403     200   200 200
import                  POST    302  405     405   405 405
import-live             GET     302  403     200   200 200
import-live             POST    302  405     405   405 405
import-progress         GET     302  403     200   200 200
import-progress         POST    302  405     405   405 405
import-rows             GET     302  403     200   200 200
import-rows             POST    302  405     405   405 405
import-problems-csv     GET     302  403     200   200 200
import-problems-csv     POST    302  405     405   405 405
import-problems-json    GET     302  403     200   200 200
import-problems-json    POST    302  405     405   405 405
import-cancel           GET     302  405     405   405 405
import-cancel           POST    302  403     302   403 302
import-retry            GET     302  405     405   405 405
import-retry            POST    302  403     302   403 302
import-again            GET     302  405     405   405 405
import-again            POST    302  403     302   302 302
import-answer           GET     302  405     405   405 405
import-answer           POST    302  403     302   403 302
"""

# Everything of Django's admin and of django-rq is for admins: these, besides, must come up for one.
FOR_ADMINS = ("admin", "django_rq")
COMES_UP = ("django_rq:home", "django_rq:home_json", "django_rq:jobs")
# Only leads to the site's own sign-in page.
FOR_ANYBODY = ("admin:login",)

PEOPLE = ("anon", "charlie", "alice", "bob", "dana")


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """(address, method, {person: status})"""
    lines = [line.split() for line in TABLE.splitlines()[2:] if line.strip()]
    return [(name, method, dict(zip(PEOPLE, map(int, statuses), strict=True))) for name, method, *statuses in lines]

"""A reviewer's session in a real browser: once without touching the mouse, once without touching the keyboard."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.models import Case, Decision
from tests.held import Held, held_world, three_questions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held(bob: User) -> Held:
    return three_questions()


def ready(page: Page, question: str) -> None:
    """The case is on the screen: from now on a key counts for it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)
    page.wait_for_selector("[data-ready]")


def place(page: Page) -> str:
    return " ".join(page.locator(".place-figures").inner_text().split())


def test_three_held_rows_are_cleared_by_three_keys(bobs_page: Page, held: Held, picture: Callable[..., None]) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    expect(bobs_page.get_by_text("Adds 18:50.00").first).to_be_visible()
    picture(bobs_page, "review-case")
    bobs_page.keyboard.press("s")
    ready(bobs_page, "Dana Luis Rutledge")
    picture(bobs_page, "review-next")
    bobs_page.keyboard.press("s")
    ready(bobs_page, "Micky Abernathy")
    bobs_page.keyboard.press("s")

    expect(bobs_page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    assert Result.objects.filter(race=held.race).count() == 3


def test_a_session_by_keyboard_alone(bobs_page: Page, held: Held) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    assert place(bobs_page) == "1 of 3"
    bobs_page.keyboard.press("j")
    ready(bobs_page, "Dana Luis Rutledge")
    assert place(bobs_page) == "2 of 3"
    bobs_page.keyboard.press("u")
    ready(bobs_page, "J. Whitlock")
    bobs_page.keyboard.press("k")
    ready(bobs_page, "Dana Luis Rutledge")
    bobs_page.keyboard.press("d")
    ready(bobs_page, "Micky Abernathy")
    bobs_page.keyboard.press("n")
    bobs_page.keyboard.type("The coach will know.")
    bobs_page.keyboard.press("Enter")
    expect(bobs_page.get_by_text("The coach will know.")).to_be_visible()
    ready(bobs_page, "Micky Abernathy")
    bobs_page.keyboard.press("1")
    ready(bobs_page, "J. Whitlock")
    bobs_page.keyboard.press("z")
    ready(bobs_page, "Micky Abernathy")
    bobs_page.keyboard.press("x")
    expect(bobs_page.get_by_text("needs a reason")).to_be_visible()
    bobs_page.keyboard.type("A guest runner")
    bobs_page.keyboard.press("Enter")
    ready(bobs_page, "J. Whitlock")

    told = list(Decision.objects.order_by("at", "id").values_list("answer", flat=True))
    assert told == ["different", "same", "undo", "dismiss"]


def test_a_session_by_mouse_alone(bobs_page: Page, held: Held, picture: Callable[..., None]) -> None:
    bobs_page.goto("/review/")
    bobs_page.get_by_role("button", name="Same person").click()
    expect(bobs_page.get_by_role("heading", level=1)).to_contain_text("Dana Luis Rutledge")
    bobs_page.get_by_role("button", name="Undo").click()
    expect(bobs_page.get_by_role("heading", level=1)).to_contain_text("J. Whitlock")
    bobs_page.get_by_role("button", name="Different people").click()
    expect(bobs_page.get_by_role("heading", level=1)).to_contain_text("Dana Luis Rutledge")
    bobs_page.get_by_role("link", name="Another athlete").click()
    bobs_page.get_by_role("row", name="Dana Rutledge").get_by_role("button", name="This is who it is").click()
    expect(bobs_page.get_by_role("heading", level=1)).to_contain_text("Micky Abernathy")
    bobs_page.locator("summary", has_text="Park").click()
    bobs_page.get_by_role("button", name="Park it").click()

    expect(bobs_page.get_by_text("Parked for bob: Is Micky")).to_be_visible()

    told = list(Decision.objects.order_by("at", "id").values_list("answer", flat=True))
    assert told == ["same", "undo", "different", "other"]


def test_the_sure_ones_are_answered_together_and_taken_back_by_one_undo(
    bobs_page: Page, held: Held, picture: Callable[..., None]
) -> None:
    bobs_page.goto("/review/")
    bobs_page.get_by_role("link", name="Answer the sure ones together").click()
    picture(bobs_page, "review-together")
    bobs_page.get_by_role("button", name="Same person").click()
    expect(bobs_page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    bobs_page.get_by_role("button", name="Undo").click()
    expect(bobs_page.get_by_text("3 decisions taken back.")).to_be_visible()

    assert Case.objects.filter(status="open").count() == 3


def test_a_key_held_down_answers_one_question_only(bobs_page: Page, held: Held) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    bobs_page.keyboard.down("s")
    for _ in range(8):
        bobs_page.keyboard.down("s")  # what a keyboard sends as long as the key is held
    ready(bobs_page, "Dana Luis Rutledge")
    for _ in range(8):
        bobs_page.keyboard.down("s")
    bobs_page.keyboard.up("s")
    bobs_page.wait_for_timeout(300)

    assert Decision.objects.count() == 1


def test_a_key_pressed_twice_is_sent_once(bobs_page: Page, held: Held) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    bobs_page.evaluate(
        "() => { for (let i = 0; i < 2; i++) document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 's', bubbles: true})); }"
    )
    ready(bobs_page, "Dana Luis Rutledge")

    assert Decision.objects.count() == 1


def test_letters_typed_into_a_field_are_no_answers(bobs_page: Page, held: Held) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    bobs_page.get_by_label("Reason").fill("")
    bobs_page.get_by_label("Reason").press_sequentially("sdk1")
    bobs_page.keyboard.press("Enter")
    bobs_page.wait_for_timeout(200)

    assert (Decision.objects.count(), bobs_page.get_by_label("Reason").input_value()) == (0, "sdk1")


def test_the_second_reviewer_is_told_who_decided_what(
    bobs_page: Page, held: Held, dana: User, picture: Callable[..., None]
) -> None:
    bobs_page.goto("/review/")
    ready(bobs_page, "J. Whitlock")
    answer_case(case_id=held.cases[0].pk, version=1, answer="different", user=dana, reason="Her sister.")
    bobs_page.keyboard.press("s")

    expect(bobs_page.get_by_role("heading", name="dana was faster")).to_be_visible()
    expect(bobs_page.get_by_text("Her sister.")).to_be_visible()
    picture(bobs_page, "review-decided")
    bobs_page.wait_for_selector("[data-ready]")
    bobs_page.keyboard.press("j")
    ready(bobs_page, "Dana Luis Rutledge")


def test_a_veto_is_overridden_by_key_with_a_reason_only(bobs_page: Page, bob: User) -> None:
    held = held_world()
    twin = held.athlete("Ana Torres")
    held.result(twin, held.race, 112_000)
    held.ask("Ana Tores", twin, vetoes=("both finished the same race",))
    bobs_page.goto("/review/")
    ready(bobs_page, "Ana Tores")
    bobs_page.keyboard.press("s")
    expect(bobs_page.get_by_text("needs a reason")).to_be_visible()
    assert Decision.objects.count() == 0
    bobs_page.keyboard.type("Timed twice by two chips")
    bobs_page.keyboard.press("Enter")
    # The two are one person now, so that person has two times in one race: the next question.
    expect(bobs_page.get_by_role("button", name="Keep 18:40.00")).to_be_visible()

    assert Decision.objects.get().reason == "Timed twice by two chips"


def test_two_athletes_are_merged_field_by_field_and_unmerged(
    bobs_page: Page, bob: User, picture: Callable[..., None]
) -> None:
    held = held_world()
    stays, goes = held.athlete("Ana María Torres"), held.athlete("Ana Torres", grad_year=2028)
    bobs_page.goto(f"/athletes/{stays.pk}/")
    bobs_page.get_by_role("link", name="Merge with…").click()
    bobs_page.get_by_role("row", name="Ana Torres").get_by_role("link", name="Compare and merge…").click()
    picture(bobs_page, "merge", whole=True)
    bobs_page.get_by_role("button", name="Merge Ana Torres into Ana María Torres").click()
    expect(bobs_page.get_by_role("heading", name="Merges")).to_be_visible()
    picture(bobs_page, "athlete", whole=True)
    assert not Athlete.objects.filter(pk=goes.pk).exists()
    bobs_page.get_by_role("link", name="Undo…").click()
    picture(bobs_page, "undo", whole=True)
    bobs_page.get_by_role("button", name="Undo this decision").click()
    expect(bobs_page.get_by_text("Taken back by bob")).to_be_visible()

    assert Athlete.objects.filter(pk=goes.pk).exists()


def test_without_scripts_everything_works_by_plain_forms(
    browser: Browser, live_server: LiveServer, bobs_page: Page, held: Held
) -> None:
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=bobs_page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto("/review/")
    plain.get_by_role("link", name="See it").click()
    expect(plain.get_by_text("Adds 18:50.00").first).to_be_visible()
    plain.go_back()
    plain.get_by_role("button", name="Same person").click()
    plain.get_by_role("button", name="Undo").click()
    plain.get_by_role("button", name="Set aside").click()
    expect(plain.get_by_text("Say why it is set aside")).to_be_visible()
    plain.get_by_role("link", name="Back").click()
    plain.get_by_role("button", name="Different people").click()
    context.close()

    told = list(Decision.objects.order_by("at", "id").values_list("answer", flat=True))
    assert told == ["same", "undo", "different"]


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_of_a_reviewer_scrolls_sideways(bobs_page: Page, held: Held, width: int) -> None:
    bobs_page.set_viewport_size({"width": width, "height": 800})
    case, athlete = held.cases[0], Athlete.objects.order_by("name").first()
    pages: tuple[str, ...] = (
        "/review/",
        "/review/together/",
        f"/review/{case.pk}/athlete/",
        f"/review/{case.pk}/changes/",
    )
    pages += ("/decisions/", f"/athletes/{athlete.pk}/", f"/athletes/{athlete.pk}/merge/")
    over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    too_wide = {path: wide for path in pages if bobs_page.goto(path) and (wide := bobs_page.evaluate(over))}
    assert too_wide == {}

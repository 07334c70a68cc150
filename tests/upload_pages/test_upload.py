from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Bundle
from tests.upload_pages.conftest import FILES, FOLDER, upload_of, zip_of


def post(client: Client, files: list[Any], paths: list[str] | None = None, **headers: str):
    data: dict[str, Any] = {"files": files, **({"paths": paths} if paths else {})}
    return client.post(reverse("upload"), data, headers=headers)


def loose() -> list[Any]:
    return [upload_of(name, text) for name, text in FILES.items()]


def test_the_page_takes_several_files_and_a_folder(alice_client: Client) -> None:
    page = alice_client.get(reverse("upload")).content.decode()

    assert page.count('type="file" name="files" multiple') == 2 and "webkitdirectory" in page


def test_loose_files_lead_to_the_check_of_their_bundle(alice_client: Client) -> None:
    response = post(alice_client, loose())

    assert response.url == reverse("bundle-check", args=[Bundle.objects.get().pk])


def test_a_zip_leads_to_the_check_of_its_bundle(alice_client: Client) -> None:
    response = post(alice_client, [zip_of(FOLDER)])

    assert response.url == reverse("bundle-check", args=[Bundle.objects.get().pk])


def test_a_folder_gives_the_bundle_its_name(alice_client: Client) -> None:
    post(alice_client, loose(), [f"{FOLDER}/{name}" for name in FILES])

    assert Bundle.objects.get().name == FOLDER


def test_several_bundles_lead_to_a_page_of_them_all(alice_client: Client) -> None:
    response = post(alice_client, [zip_of(FOLDER, "meet_900002_20251018")])

    assert response.url.startswith(reverse("bundles")) and response.url.count("id=") == 2


def test_the_bundle_is_of_whoever_uploaded_it(alice: User, alice_client: Client) -> None:
    post(alice_client, loose())

    assert Bundle.objects.get().uploaded_by == alice


def test_a_script_is_told_where_to_go(alice_client: Client) -> None:
    response = post(alice_client, loose(), accept="application/json")

    assert response.json()["location"] == reverse("bundle-check", args=[Bundle.objects.get().pk])


def test_an_empty_form_is_refused_with_a_sentence(alice_client: Client) -> None:
    response = post(alice_client, [])

    assert (response.status_code, "No file came with the form." in response.content.decode()) == (422, True)


def test_a_refusal_names_the_file(alice_client: Client) -> None:
    response = post(alice_client, [upload_of("results.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")])

    assert (response.status_code, "<strong>results.csv</strong><br>" in response.content.decode()) == (422, True)


def test_a_refusal_names_the_remedy(alice_client: Client) -> None:
    response = post(alice_client, [upload_of("schools.csv", FILES["schools.csv"])])

    assert 'class="remedy"' in response.content.decode()


def test_a_refusal_keeps_nothing(alice_client: Client) -> None:
    post(alice_client, [upload_of("schools.csv", FILES["schools.csv"])])

    assert not Bundle.objects.exists()


def test_a_script_is_told_the_refusal_in_parts(alice_client: Client) -> None:
    response = post(alice_client, [upload_of("schools.csv", FILES["schools.csv"])], accept="application/json")

    assert response.json()["problems"][0]["remedy"]


def test_a_script_gets_the_refusal_as_the_page_shows_it(alice_client: Client) -> None:
    response = post(alice_client, [], accept="application/json")

    assert "No file came with the form." in response.json()["html"]


def test_a_refusal_names_the_limit_as_the_page_does(alice_client: Client, settings: Any) -> None:
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 512 << 20
    page = alice_client.get(reverse("upload")).content.decode()
    refusal = alice_client.post(reverse("upload"), CONTENT_LENGTH=str(600 << 20)).content.decode()
    assert ("512.0\xa0MB" in page, "600.0\xa0MB; at most 512.0\xa0MB" in refusal) == (True, True)


@pytest.mark.parametrize("length", ["100", "99999999999999"])
def test_what_is_too_large_is_refused_before_it_is_read(alice_client: Client, settings: Any, length: str) -> None:
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 50

    response = alice_client.generic("POST", reverse("upload"), b"", CONTENT_LENGTH=length)

    assert (response.status_code, "at most" in response.content.decode()) == (422, True)


def test_a_form_from_elsewhere_is_refused(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert post(client, loose()).status_code == 403


def test_somebody_without_a_role_is_refused(charlie_client: Client) -> None:
    assert post(charlie_client, loose()).status_code == 403

"""The background work: asked for by a publication, done once, freed when a worker dies."""

import datetime
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from cms.opendata import jobs, sandbox
from cms.opendata.models import Conversion
from cms.publication.models import PinnedFile, Publication
from tests.admin import status
from tests.office import Office
from tests.opendata import datasets
from tests.publication.withdrawing import withdraw

Publish = Callable[..., Publication]
State = Conversion.State


def states() -> dict[str, str]:
    return dict(Conversion.objects.values_list("target", "state"))


def queued() -> int:
    return DBTaskResult.objects.ready().count()


def test_publication_asks_for_every_format(publish: Publish):
    publish()

    assert states() == dict.fromkeys(["preview", "csv", "json", "xml", "ods"], State.WAITING)
    assert DBTaskResult.objects.filter(task_path=jobs.convert.module_path).count() == 5


def test_publication_of_news_asks_for_nothing(
    open_office: Office, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        open_office.show(open_office.draft())

    assert not Conversion.objects.exists()


def test_same_file_in_a_further_publication_is_not_converted_again(publish: Publish):
    publish()
    datasets.convert_all()
    publish(title="ชุดข้อมูลอื่น")

    assert Conversion.objects.count() == 5
    assert set(states().values()) == {State.DONE}


def test_conversions_become_files_named_after_the_source(publish: Publish):
    publish()

    made = {one.target: one.result for one in datasets.convert_all()}

    assert made["preview"] is None
    assert made["ods"].filename.startswith("villages")
    assert made["ods"].filename.endswith(".ods")
    assert made["csv"].content_type == "text/csv"
    with made["csv"].storage().open(made["csv"].storage_name) as stream:
        assert "'=บ้านเกาะ" in stream.read().decode("utf-8-sig")


def test_conversion_done_twice_changes_nothing(publish: Publish):
    publish()
    before = [(one.pk, one.result_id, one.finished_at) for one in datasets.convert_all()]

    for key, _result, _moment in before:
        jobs.convert.call(key)

    rows = Conversion.objects.order_by("pk").values_list("pk", "result_id", "finished_at")
    assert list(rows) == before


def test_conversion_that_another_worker_runs_is_left_to_it(publish: Publish):
    publish()
    Conversion.objects.update(state=State.RUNNING, heartbeat_at=timezone.now())

    jobs.convert.call(Conversion.objects.first().pk)

    assert set(states().values()) == {State.RUNNING}


def test_clean_table_may_be_its_own_csv(publish: Publish):
    source = datasets.source_of(publish(datasets.table(b"\xef\xbb\xbfa,b\r\n1,2\r\n")))

    made = {one.target: one.result for one in datasets.convert_all()}

    assert made["csv"] == source


def test_job_of_a_killed_worker_is_freed_and_done_by_the_next(publish: Publish):
    publish()
    long_ago = timezone.now() - datetime.timedelta(minutes=3)
    Conversion.objects.filter(target="csv").update(
        state=State.RUNNING, heartbeat_at=long_ago, attempts=1
    )

    assert jobs.free_stale() == 1
    datasets.convert_all()

    assert set(states().values()) == {State.DONE}
    assert DBTaskResult.objects.exclude(run_after__year=9999).count() == 1


def test_worker_looks_later_whether_a_conversion_was_lost(publish: Publish):
    publish()
    conversion = Conversion.objects.get(target="csv")
    jobs.convert.call(conversion.pk)
    assert DBTaskResult.objects.filter(task_path=jobs.watch.module_path).count() == 1

    long_ago = timezone.now() - datetime.timedelta(minutes=3)
    Conversion.objects.filter(pk=conversion.pk).update(state=State.RUNNING, heartbeat_at=long_ago)
    jobs.watch.call(conversion.pk)

    assert states()["csv"] == State.WAITING
    assert DBTaskResult.objects.filter(task_path=jobs.watch.module_path).count() == 1


def test_worker_goes_on_looking_while_a_conversion_runs(publish: Publish):
    publish()
    Conversion.objects.update(state=State.RUNNING, heartbeat_at=timezone.now())

    jobs.watch.call(Conversion.objects.first().pk)

    assert DBTaskResult.objects.filter(task_path=jobs.watch.module_path).count() == 1


def test_queue_forgets_the_job_of_a_killed_worker(publish: Publish):
    publish()
    long_ago = timezone.now() - datetime.timedelta(days=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)

    jobs.free_stale()

    conversions = DBTaskResult.objects.filter(task_path=jobs.convert.module_path)
    assert set(conversions.values_list("status", flat=True)) == {"FAILED"}


def test_conversion_that_kills_every_worker_is_given_up(publish: Publish):
    publish()
    long_ago = timezone.now() - datetime.timedelta(minutes=3)
    Conversion.objects.filter(target="csv").update(
        state=State.RUNNING, heartbeat_at=long_ago, attempts=4
    )

    jobs.free_stale()

    assert states()["csv"] == State.FAILED


def test_killed_process_is_tried_again_later(publish: Publish, monkeypatch: pytest.MonkeyPatch):
    publish()
    real = sandbox.subprocess.Popen

    def doomed(*args: Any, **kwargs: Any) -> Any:
        process = real(*args, **kwargs)
        threading.Timer(0.01, os.kill, (process.pid, signal.SIGKILL)).start()
        time.sleep(0.05)
        return process

    monkeypatch.setattr(sandbox.subprocess, "Popen", doomed)
    conversion = Conversion.objects.get(target="json")
    jobs.convert.call(conversion.pk)

    conversion.refresh_from_db()
    assert (conversion.state, conversion.problem) == (State.WAITING, "interrupted")
    assert DBTaskResult.objects.latest("enqueued_at").run_after > timezone.now()


def test_worker_that_is_told_to_stop_puts_its_work_back(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
):
    publish()

    def stopped(*args: Any) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(jobs, "run", stopped)
    with pytest.raises(SystemExit):
        jobs.convert.call(Conversion.objects.get(target="xml").pk)

    assert states()["xml"] == State.WAITING


def test_refused_file_fails_at_once_with_words_in_the_readers_language(publish: Publish):
    publish(datasets.broken())
    datasets.convert_all()

    conversion = Conversion.objects.get(target="csv")
    assert conversion.state == State.FAILED
    with translation.override("en"):
        assert conversion.message.startswith("Row 10002 has 3 cells")


def test_failed_conversion_is_tried_again_on_request(publish: Publish):
    publish(datasets.broken())
    datasets.convert_all()
    conversion = Conversion.objects.get(target="csv")
    before = queued()

    assert jobs.try_again(conversion)

    assert states()["csv"] == State.WAITING
    assert queued() == before + 1


def test_progress_is_noted_while_a_conversion_runs(publish: Publish):
    publish()
    conversion = Conversion.objects.get(target="csv")
    heart = jobs._Heart(conversion)
    heart._last -= 10

    heart(4_000)

    conversion.refresh_from_db()
    assert conversion.rows_done == 4_000
    assert conversion.heartbeat_at is not None


def test_converted_files_are_public_with_their_publication(publish: Publish, client: Any):
    publish()

    paths = [one.result.path for one in datasets.convert_all() if one.result]

    assert [status(client, path) for path in paths] == [200] * 4


def test_converted_files_of_a_pending_publication_are_not_served(publish: Publish, client: Any):
    publish(go_live_at=timezone.now() + datetime.timedelta(hours=1))

    paths = [one.result.path for one in datasets.convert_all() if one.result]

    assert [status(client, path) for path in paths] == [404] * 4


def test_converted_files_leave_the_public_with_their_publication(
    publish: Publish, open_office: Office, client: Any
):
    page = publish()
    paths = [one.result.path for one in datasets.convert_all() if one.result]

    withdraw(open_office, type_of(page))

    assert [status(client, path) for path in paths] == [404] * 4


def type_of(publication: Publication) -> Any:
    from pages.models import DatasetPage

    return DatasetPage.objects.get(translation_key=publication.subject)


def test_public_record_holds_with_converted_files(publish: Publish):
    publish()
    datasets.convert_all()

    call_command("verify_publications")


def test_changed_converted_file_is_found(publish: Publish, settings: Any, tmp_path: Path):
    public = {**settings.STORAGES["public"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "public": public}
    publish()
    result = next(one.result for one in datasets.convert_all() if one.target == "xml")
    (tmp_path / result.storage_name).write_text("<table/>")

    with pytest.raises(CommandError, match=r"File .*xml: changed"):
        call_command("verify_publications")


def test_half_written_file_is_written_again(publish: Publish, settings: Any, tmp_path: Path):
    public = {**settings.STORAGES["public"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "public": public}
    publish()
    result = next(one.result for one in datasets.convert_all() if one.target == "xml")
    whole = (tmp_path / result.storage_name).read_bytes()
    (tmp_path / result.storage_name).write_bytes(whole[:10])

    Conversion.objects.filter(target="xml").update(state=State.WAITING)
    datasets.convert_all()

    assert (tmp_path / result.storage_name).read_bytes() == whole
    assert PinnedFile.objects.filter(sha256=result.sha256).count() == 1


def test_command_converts_what_waits(publish: Publish, capsys: pytest.CaptureFixture):
    publish()

    call_command("convert_datasets")

    assert "Converted 5 files." in capsys.readouterr().out
    assert set(states().values()) == {State.DONE}


def test_command_asks_for_what_a_dead_process_did_not(open_office: Office):
    datasets.published(open_office)  # nothing follows: no commit
    assert not Conversion.objects.exists()

    call_command("convert_datasets")

    assert set(states().values()) == {State.DONE}


def test_command_says_what_failed_and_tries_it_again_on_request(
    publish: Publish, capsys: pytest.CaptureFixture
):
    publish(datasets.broken())

    with pytest.raises(CommandError, match="5 of 5"):
        call_command("convert_datasets")
    call_command("convert_datasets")
    with pytest.raises(CommandError, match="5 of 5"):
        call_command("convert_datasets", retry=True)

    assert "Row 10002 has 3 cells" in capsys.readouterr().err


def test_broken_file_is_not_signed_for_in_the_first_place(open_office: Office):
    page = datasets.draft(open_office, datasets.table(b"a,b\n1,2,3\n"))

    with pytest.raises(PermissionDenied, match=r"Row 2 has 3 cells|แถวที่ 2"):
        open_office.publish(page)

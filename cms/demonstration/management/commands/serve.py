"""`manage.py serve`: prepares an installation where needed and serves it with gunicorn."""

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from cms.demonstration.accounts import PASSWORDS_FILE
from cms.demonstration.background import background
from cms.thai.management.commands.compile_catalogues import are_current


class Command(BaseCommand):
    """Each step is skipped where it was done before, so that a second start is quick."""

    help = "Migrates, loads the demonstration into an empty database, and serves the site."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-demonstration", action="store_true", help="Start empty.")

    def execute(self, *args: Any, **options: Any) -> Any:
        """Before anything counts: the workers' metrics are added up from files in one folder."""
        folder = settings.DATA_DIR / "metrics"
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)  # of processes that are no more
            folder.mkdir(parents=True)
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        if not are_current():
            call_command("compile_catalogues")
            # This process has read the old catalogues, or none: begin anew.
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 (ourselves)
        self._migrate()
        if not options["no_demonstration"]:
            call_command("load_demonstration", if_empty=True)
        self._collect_static()
        connections.close_all()  # the workers open their own
        self._say_where(options["port"])
        with background():
            _serve(options["port"])

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database ...")
            call_command("migrate", verbosity=0)

    def _collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
        fingerprint = _static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.stdout.write("Collecting static files ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint)

    def _say_where(self, port: int) -> None:
        origin = f"http://127.0.0.1:{port}"
        rows = [
            ("The site in Thai", f"{origin}/th/"),
            ("The site in English", f"{origin}/en/"),
            ("The admin", f"{origin}/admin/"),
            ("GraphQL", f"{origin}/graphql/"),
            ("Feeds", f"{origin}/th/feeds/news.rss  {origin}/th/feeds/news.atom"),
        ]
        self.stdout.write("\n" + "\n".join(f"  {name:<22}{address}" for name, address in rows))
        if PASSWORDS_FILE.exists():
            self.stdout.write(f"\n  Demonstration accounts (from {PASSWORDS_FILE}):")
            for line in PASSWORDS_FILE.read_text().splitlines():
                self.stdout.write(f"    {line}")
        self.stdout.write("")


def _static_fingerprint() -> str:
    """Changes when any static file of any app does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _serve(port: int) -> None:
    # Imported late: only this command needs it, and it is not for every platform.
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """gunicorn on the application that this process has loaded already."""

        def load_config(self) -> None:
            self.cfg.set("bind", f"127.0.0.1:{port}")
            self.cfg.set("workers", int(os.environ.get("WEB_CONCURRENCY", "2")))
            self.cfg.set("preload_app", True)
            self.cfg.set("loglevel", "warning")

        def load(self) -> Any:
            return get_wsgi_application()

    Server().run()

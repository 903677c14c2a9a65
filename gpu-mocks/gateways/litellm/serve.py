"""Serves LiteLLM's proxy in front of the replicas of a cluster's Services.

Starts a Postgres of its own, applies LiteLLM's own migrations, writes config.yaml, starts the proxy, and makes teams and
virtual keys by its admin API. Whoever asks for readiness is told 200 once all of that is done.
"""

import argparse
import dataclasses
import glob
import http.server
import importlib.util
import json
import os
import pathlib
import pwd
import re
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ACCOUNT = pathlib.Path("/var/run/secrets/kubernetes.io/serviceaccount")
PATIENCE_SECONDS = 180


@dataclasses.dataclass(frozen=True)
class Route:
    model: str
    namespace: str
    service: str

    @staticmethod
    def parse(text):
        model, _, service = text.partition("=")
        namespace, _, name = service.partition("/")
        return Route(model, namespace, name)


@dataclasses.dataclass(frozen=True)
class Tenant:
    name: str
    models: list
    tokens: int | None

    @staticmethod
    def parse(text):
        name, _, grants = text.partition("=")
        models, _, tokens = grants.partition(",")
        return Tenant(name, models.split("+"), int(tokens) if tokens else None)


def arguments():
    parser = argparse.ArgumentParser(description="LiteLLM's proxy in front of the replicas of a cluster's Services")
    parser.add_argument("ready", help="HOST:PORT where readiness is told")
    parser.add_argument("--listen", required=True, help="HOST:PORT of the proxy")
    parser.add_argument("--keys", required=True, type=pathlib.Path, help="folder with a file for each key")
    parser.add_argument("--cluster", type=pathlib.Path, help="a kubeconfig with a token; default: the pod's account")
    parser.add_argument("--model", action="append", type=Route.parse, default=[], help="MODEL=NAMESPACE/SERVICE")
    parser.add_argument("--tenant", action="append", type=Tenant.parse, default=[],
                        help="TENANT=MODEL[+MODEL][,TOKENS in each window]")
    parser.add_argument("--window", type=int, default=60, help="seconds of a window")
    parser.add_argument("--divide", type=int, default=1, help="divides tokens and window alike")
    parser.add_argument("--revoked", action="append", default=[], help="KEY=TENANT")
    parser.add_argument("--expired", action="append", default=[], help="KEY=TENANT")
    return parser.parse_args()


class Cluster:
    def __init__(self, kubeconfig):
        if kubeconfig is None:
            self.server = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ['KUBERNETES_SERVICE_PORT']}"
            self.token = (ACCOUNT / "token").read_text()
            self.tls = ssl.create_default_context(cafile=ACCOUNT / "ca.crt")
        else:
            config = yaml.safe_load(kubeconfig.read_text())
            # some put the login into the address
            self.server = re.sub("//[^/@]*@", "//", config["clusters"][0]["cluster"]["server"])
            self.token = config["users"][0]["user"]["token"]
            self.tls = None

    def replicas(self, route):
        """The ready pods of a Service with their addresses."""
        path = (f"/apis/discovery.k8s.io/v1/namespaces/{route.namespace}/endpointslices"
                f"?labelSelector=kubernetes.io%2Fservice-name%3D{route.service}")
        request = urllib.request.Request(self.server + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=10, context=self.tls) as answer:
            slices = json.load(answer)["items"]
        return {
            endpoint["targetRef"]["name"]: f"http://{endpoint['addresses'][0]}:{each['ports'][0]['port']}/v1"
            for each in slices
            for endpoint in each.get("endpoints") or []
            if endpoint.get("conditions", {}).get("ready")
        }


def until(what, attempt):
    """The first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            found = attempt()
            if found:
                return found
            problem = "nothing yet"
        except (OSError, KeyError) as error:
            problem = error
        if time.monotonic() > deadline:
            sys.exit(f"{what}: waited {PATIENCE_SECONDS} s; {problem}")
        time.sleep(0.5)


class Postgres:
    """A server of our own in a folder of its own, met by a socket in that folder only. It refuses to run as root."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = pathlib.Path(max(glob.glob("/usr/lib/postgresql/*/bin")))
        self.user = "postgres" if os.getuid() == 0 else None
        self.url = f"postgresql://litellm@localhost/litellm?host={folder}"
        self.process = None

    def start(self):
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        self.run("initdb", "--auth=trust", "--username=litellm", "--no-sync", "-D", data)
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.as_user())
        until("Postgres", lambda: subprocess.run(
            [self.programs / "pg_isready", "-q", "-h", self.folder], check=False).returncode == 0)
        self.run("createdb", "-h", self.folder, "-U", "litellm", "litellm")

    def migrate(self, migrations):
        """As `prisma migrate deploy` does: each file whole, in the order of its folders."""
        files = sorted(migrations.glob("*/migration.sql"))
        sql = "\n".join(file.read_text() for file in files)
        self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "litellm", "litellm", input=sql)
        return len(files)

    def run(self, program, *args, **more):
        done = subprocess.run([self.programs / program, *args], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **self.as_user(), **more)
        if done.returncode:
            sys.exit(f"{program} failed: {done.stdout[-2000:]}")

    def as_user(self):
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


class Proxy:
    def __init__(self, listen, folder, window, postgres):
        self.host, self.port = listen.rsplit(":", 1)
        self.base = f"http://{listen}"
        self.folder = folder
        self.master = "sk-" + secrets.token_hex(16)
        self.environment = os.environ | {
            "DATABASE_URL": postgres.url,
            "PRISMA_SCHEMA": str(package("litellm") / "proxy" / "schema.prisma"),
            "PYTHONPATH": os.pathsep.join([str(HERE / "database"), str(HERE)]),
            "LITELLM_MASTER_KEY": self.master,
            "LITELLM_SALT_KEY": self.master,
            "LITELLM_RATE_LIMIT_WINDOW_SIZE": str(window),
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "DISABLE_SCHEMA_UPDATE": "True",
            "LITELLM_MODE": "PRODUCTION",
        }
        self.process = None

    def start(self, replicas):
        config = yaml.safe_load((HERE / "config.yaml").read_text())
        config["model_list"] = [
            {
                "model_name": model,
                "litellm_params": {
                    "model": f"openai/{model}", "api_base": base, "api_key": "none",
                    "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6,
                },
                # the name of the replica, so that answers and series tell it
                "model_info": {"id": pod},
            }
            for model, pods in replicas.items()
            for pod, base in pods.items()
        ]
        path = self.folder / "config.yaml"
        path.write_text(yaml.safe_dump(config))
        for file in ("records.py",):
            shutil.copy(HERE / file, self.folder / file)  # callbacks are found beside the configuration
        self.process = subprocess.Popen(
            [sys.executable, "-m", "litellm.proxy.proxy_cli", "--config", path, "--host", self.host, "--port", self.port,
             "--num_workers", "1"],
            env=self.environment, cwd=self.folder, stderr=subprocess.STDOUT)
        until("LiteLLM", lambda: self.process.poll() is not None or self.alive())
        if self.process.poll() is not None:
            sys.exit(f"LiteLLM ended with {self.process.returncode}")

    def alive(self):
        with urllib.request.urlopen(self.base + "/health/readiness", timeout=5) as answer:
            return answer.status == 200

    def admin(self, path, body):
        request = urllib.request.Request(
            self.base + path, data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.master}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error.code} {error.read().decode()[:2000]}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def package(name):
    return pathlib.Path(importlib.util.find_spec(name).submodule_search_locations[0])


def make_keys(proxy, asked):
    """A team for each tenant, whose limit is its budget; a virtual key of the given value for each file."""
    def key_of(name):
        return until(f"key {name}", lambda: (asked.keys / name).read_text().strip())

    for tenant in asked.tenant:
        limits = {"tpm_limit": tenant.tokens // asked.divide} if tenant.tokens else {}
        proxy.admin("/team/new", {"team_id": tenant.name, "team_alias": tenant.name, "models": tenant.models} | limits)
        proxy.admin("/key/generate", {"key": key_of(tenant.name), "key_alias": tenant.name, "team_id": tenant.name})
    for each in asked.expired:
        name, _, tenant = each.partition("=")
        proxy.admin("/key/generate", {"key": key_of(name), "key_alias": name, "team_id": tenant, "duration": "1s"})
    for each in asked.revoked:
        name, _, tenant = each.partition("=")
        proxy.admin("/key/generate", {"key": key_of(name), "key_alias": name, "team_id": tenant})
        proxy.admin("/key/block", {"key": key_of(name)})


def tell_readiness(address, ready):
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if ready.is_set() else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    host, port = address.rsplit(":", 1)
    server = http.server.ThreadingHTTPServer((host, int(port)), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main():
    asked = arguments()
    ready = threading.Event()
    tell_readiness(asked.ready, ready)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="gateway-"))
    folder.chmod(0o711)
    base = folder / "postgres"
    base.mkdir()
    postgres = Postgres(base)
    proxy = Proxy(asked.listen, folder, asked.window // asked.divide, postgres)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        postgres.start()
        count = postgres.migrate(package("litellm_proxy_extras") / "migrations")
        print(f"applied {count} migrations", flush=True)
        cluster = until("the cluster", lambda: Cluster(asked.cluster))
        replicas = {each.model: until(f"replicas of {each.model}", lambda each=each: cluster.replicas(each))
                    for each in asked.model}
        proxy.start(replicas)
        make_keys(proxy, asked)
        ready.set()
        print("ready", flush=True)
        proxy.process.wait()
        sys.exit(f"LiteLLM ended with {proxy.process.returncode}")
    finally:
        proxy.stop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

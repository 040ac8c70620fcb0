"""Serves the Step Functions of LocalStack on a free loopback port, and prints the URL.

LocalStack's own start also serves DNS and TLS, which takes longer and needs older packages. Step Functions calls
Lambda and SNS at GATEWAY_LISTEN. Every wait, and every pause before a retry, takes WAIT_SECONDS.

Of LocalStack it changes one thing: its grammar takes a percentage of tolerated failures only with a decimal point.
"""

import _thread
import os
import re
import threading
import time
from types import SimpleNamespace


class Lock:
    """Before Python 3.13, `threading.Lock` is no type, which an annotation of LocalStack takes it for."""

    def __new__(cls):
        return _thread.allocate_lock()


threading.Lock = Lock

from localstack.aws.app import LocalstackAwsGateway
from localstack.aws.serving.werkzeug import CustomWSGIRequestHandler
from localstack.services.plugins import SERVICE_PLUGINS
from localstack.services.stepfunctions.asl.component.common.retry import retrier_decl
from localstack.services.stepfunctions.asl.parse import asl_parser
from localstack.services.stepfunctions.asl.parse.test_state import asl_parser as test_state_parser
from localstack.services.stepfunctions.asl.component.state.state_wait.wait_function.wait_function import (
    WaitFunction,
)
from rolo.gateway.wsgi import WsgiGateway
from werkzeug.serving import make_server

WAIT_SECONDS = float(os.environ["WAIT_SECONDS"])
retrier_decl.time = SimpleNamespace(sleep=lambda seconds: time.sleep(WAIT_SECONDS))
WaitFunction._wait_interval = lambda self, env, wait_seconds: time.sleep(WAIT_SECONDS)


def readable(definition):
    return InputStream(re.sub(r'("ToleratedFailurePercentage":\s*\d+)(?=\s*[,}])', r"\1.0", definition))


InputStream = asl_parser.InputStream
asl_parser.InputStream = readable
test_state_parser.InputStream = readable

gateway = WsgiGateway(LocalstackAwsGateway(SERVICE_PLUGINS))
server = make_server("127.0.0.1", 0, gateway, threaded=True, request_handler=CustomWSGIRequestHandler)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()

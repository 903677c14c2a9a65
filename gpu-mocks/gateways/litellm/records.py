"""LiteLLM's own record of each request, as a line of JSON in the log.

LiteLLM hands its `standard_logging_object` to this class because config.yaml names it under `callbacks`. Kept are the parts
that say who asked for what and what it cost; what people said is not.
"""

import json

from litellm.integrations.custom_logger import CustomLogger

KEPT = (
    "id", "status", "startTime", "endTime", "stream", "model", "model_group", "model_id", "prompt_tokens",
    "completion_tokens", "response_cost", "requester_ip_address",
)
OF_KEY = ("user_api_key_alias", "user_api_key_team_id")
OF_ERROR = ("error_code", "error_class", "error_message")


class Records(CustomLogger):
    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        written(kwargs.get("standard_logging_object"))

    async def async_log_failure_event(self, kwargs, response_obj, start_time, end_time):
        written(kwargs.get("standard_logging_object"))


def written(record):
    if not record:
        return
    kept = {name: record.get(name) for name in KEPT}
    kept["metadata"] = {name: (record.get("metadata") or {}).get(name) for name in OF_KEY}
    kept["error_information"] = {name: (record.get("error_information") or {}).get(name) for name in OF_ERROR}
    print(json.dumps(kept, default=str), flush=True)


records = Records()

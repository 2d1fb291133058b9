"""The OpenAPI description, with what holds for every operation: its lock and its problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI, Schema
from ninja.operation import Operation
from pydantic import Field

from marrow.core.once import LONGEST
from marrow.ui.gates import ANYBODY

OVERWRITING = ("patch", "put")
METHODS = ("get", "post", "put", "patch", "delete")
PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "A token is needed, or the one that was sent opens nothing.",
    "403": "It may be seen, but not done, by this caller.",
    "404": "It is not there, or not for these eyes.",
    "405": "This address does not take this method.",
    "409": "Somebody else changed the same meanwhile.",
    "412": "`If-Match` names another version than the one that is there.",
    "413": "Too much was sent at once.",
    "422": "Refused, with a sentence that says what to do; `errors` names the fields.",
    "428": "`If-Match` is needed: two might overwrite each other here.",
    "429": "Too many requests; `Retry-After` says how long to wait.",
}
CHANGES = {"409", "413"}
OVERWRITES = {"412", "428"}


class FieldProblem(Schema):
    field: str = Field(description="Where in the request: names.en, limit.")
    code: str
    message: str = Field(description="In the language of Accept-Language.")


class Problem(Schema):
    """What went wrong, in the one shape of RFC 9457."""

    type: str = Field(description="/problems/<code>")
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem]


def operations(api: NinjaAPI) -> Iterator[tuple[str, str, Operation]]:
    """Method, route and operation of everything that the API does."""
    for bound in api._get_bound_routers():  # noqa: SLF001  ninja lists them nowhere else
        for route, view in bound.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, route, operation


def gate_of(operation: Operation) -> tuple[str, ...]:
    """The roles that may knock; empty where nobody said so."""
    return next((getattr(lock, "gate", ()) for lock in operation.auth_callbacks), ())


def described(api: NinjaAPI) -> dict[str, Any]:
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    components = told["components"]
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= problem.pop("$defs")
    components["schemas"]["Problem"] = problem
    shape = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {
        status: {"description": why, "content": shape} for status, why in PROBLEMS.items()
    }
    gates = {op.operation_id or api.get_openapi_operation_id(op): gate_of(op)
             for _m, _r, op in operations(api)}  # fmt: skip
    for item in told["paths"].values():
        for method in METHODS:
            if method in item:
                _describe(item[method], method, gates[item[method]["operationId"]])
    return told


def _describe(operation: dict[str, Any], method: str, gate: tuple[str, ...]) -> None:
    operation["security"] = [{"token": []}]
    if ANYBODY in gate:
        operation["security"].insert(0, {})
    operation["x-gate"] = list(gate)
    operation["responses"] = {str(k): v for k, v in operation["responses"].items()}
    for status in PROBLEMS:
        if method == "get" and status in CHANGES:
            continue
        if method not in OVERWRITING and status in OVERWRITES:
            continue
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
    if method == "get":
        operation["responses"]["304"] = {"description": "You have this version already."}
        _takes(operation, "If-None-Match", "The `ETag` of what you read.")
        return
    if method in OVERWRITING:
        told = "The `ETag` of what you read; `*` overwrites whatever is there."
        _takes(operation, "If-Match", told, required=True)
    told = "A word of your own for this request: sent again within a day, it is not done again."
    _takes(operation, "Idempotency-Key", told, maxLength=LONGEST)


def _takes(
    operation: dict[str, Any], name: str, told: str, *, required: bool = False, **shape: Any
) -> None:
    header = {
        "name": name, "in": "header", "required": required, "description": told,
        "schema": {"type": "string", **shape},
    }  # fmt: skip
    operation.setdefault("parameters", []).append(header)

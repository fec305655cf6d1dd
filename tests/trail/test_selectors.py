"""Event selectors against the calls that they take."""

from __future__ import annotations

import pytest

from scenarios.account.trail import AdvancedSelector, BasicSelector, FieldSelector, Trail
from scenarios.trail.calls import DATA_BY_RESOURCE, Call
from scenarios.trail.fields import Extent, Receiver, taken
from scenarios.trail.selectors import recorded
from scenarios.trail.validity import flaw

INVOKE = Call("InvokeModel")
GET = Call("GetObject", "s3.amazonaws.com", "Data", ("AWS::S3::Object",))
RETRIEVE = DATA_BY_RESOURCE["knowledge base"][0]


def trail(*selectors: BasicSelector | AdvancedSelector) -> Trail:
    basic = tuple(s for s in selectors if isinstance(s, BasicSelector))
    advanced = tuple(s for s in selectors if isinstance(s, AdvancedSelector))
    return Trail(
        name="t",
        arn="arn:aws:cloudtrail:us-east-1:123456789012:trail/t",
        bucket="b",
        basic_selectors=basic,
        advanced_selectors=advanced,
    )


def objects(*values: str, read_write: str = "All") -> BasicSelector:
    """Data events of objects whose ARNs begin so."""
    return BasicSelector(read_write=read_write, data_resources=(("AWS::S3::Object", values),))


def advanced(**fields: FieldSelector | str) -> AdvancedSelector:
    """`eventCategory="Data"` is short for Equals; dots in names are written as double underscores."""
    made = []
    for name, value in fields.items():
        field = name.replace("__", ".")
        made.append(FieldSelector(field=field, equals=(value,)) if isinstance(value, str) else value)
    return AdvancedSelector(fields=tuple(made))


def selector(**fields: list[str]) -> AdvancedSelector:
    """Every field by Equals with several values."""
    made = [FieldSelector(field=name.replace("__", "."), equals=tuple(values)) for name, values in fields.items()]
    return AdvancedSelector(fields=tuple(made))


MANAGEMENT = advanced(eventCategory="Management")
NOT_KMS = FieldSelector(field="eventSource", not_equals=("kms.amazonaws.com", "rdsdata.amazonaws.com"))


@pytest.mark.parametrize(
    ("selectors", "call", "extent"),
    [
        pytest.param([], INVOKE, Extent.ALL, id="without selectors all management events"),
        pytest.param([], RETRIEVE, Extent.NONE, id="without selectors no data events"),
        pytest.param([BasicSelector()], INVOKE, Extent.ALL, id="basic, All"),
        pytest.param([BasicSelector(management=False)], INVOKE, Extent.NONE, id="basic without management events"),
        pytest.param([BasicSelector(read_write="WriteOnly")], INVOKE, Extent.PART, id="WriteOnly may miss InvokeModel"),
        pytest.param([BasicSelector(read_write="ReadOnly")], INVOKE, Extent.PART, id="ReadOnly likewise"),
        pytest.param(
            [BasicSelector(read_write="ReadOnly"), BasicSelector(read_write="WriteOnly")],
            INVOKE,
            Extent.ALL,
            id="two halves are a whole",
        ),
        pytest.param([BasicSelector()], GET, Extent.NONE, id="no data events"),
        pytest.param([objects("arn:aws:s3")], GET, Extent.ALL, id="objects of every bucket"),
        pytest.param([objects("arn:aws:s3:::")], GET, Extent.ALL, id="objects of every bucket, in its other form"),
        pytest.param([objects("arn:aws:s3:::one/")], GET, Extent.PART, id="objects of one bucket"),
        pytest.param([objects("arn:aws:s3", read_write="ReadOnly")], GET, Extent.PART, id="reads of objects"),
        pytest.param(
            [objects("arn:aws:s3"), BasicSelector()], RETRIEVE, Extent.NONE, id="objects are no knowledge base"
        ),
        pytest.param([BasicSelector(excluded_sources=("kms.amazonaws.com",))], INVOKE, Extent.ALL, id="KMS excluded"),
        pytest.param([BasicSelector()], RETRIEVE, Extent.NONE, id="basic selectors know no Bedrock data"),
        pytest.param([MANAGEMENT], INVOKE, Extent.ALL, id="advanced management"),
        pytest.param([MANAGEMENT], RETRIEVE, Extent.NONE, id="management is not data"),
        pytest.param(
            [advanced(eventCategory="Management", eventSource=NOT_KMS)], INVOKE, Extent.ALL, id="all but KMS and RDS"
        ),
        pytest.param(
            [advanced(eventCategory="Management", readOnly="false")], INVOKE, Extent.PART, id="advanced, writes only"
        ),
        pytest.param(
            [
                advanced(eventCategory="Management", readOnly="false"),
                advanced(eventCategory="Management", readOnly="true"),
            ],
            INVOKE,
            Extent.ALL,
            id="advanced halves",
        ),
        pytest.param(
            [advanced(eventCategory="Data", resources__type="AWS::Bedrock::KnowledgeBase")],
            RETRIEVE,
            Extent.ALL,
            id="the knowledge base's data events",
        ),
        pytest.param(
            [advanced(eventCategory="Data", resources__type="AWS::Bedrock::AgentAlias")],
            RETRIEVE,
            Extent.NONE,
            id="another type's data events",
        ),
        pytest.param(
            [
                advanced(
                    eventCategory="Data",
                    resources__type="AWS::Bedrock::KnowledgeBase",
                    resources__ARN=FieldSelector(field="resources.ARN", starts_with=("arn:aws:bedrock:",)),
                )
            ],
            RETRIEVE,
            Extent.PART,
            id="narrowed by ARN",
        ),
        pytest.param(
            [advanced(eventCategory="Management", eventName=FieldSelector(field="eventName", starts_with=("Create",)))],
            INVOKE,
            Extent.NONE,
            id="other events by name",
        ),
        pytest.param(
            [
                advanced(
                    eventCategory="Management", eventName=FieldSelector(field="eventName", not_starts_with=("Get",))
                )
            ],
            INVOKE,
            Extent.ALL,
            id="names that do not begin with Get",
        ),
        pytest.param([advanced(readOnly="true")], INVOKE, Extent.NONE, id="no category, no events"),
        pytest.param([selector(eventCategory=["Management", "Data"])], INVOKE, Extent.NONE, id="two categories"),
        pytest.param(
            [selector(eventCategory=["Data"], resources__type=["AWS::Bedrock::KnowledgeBase", "AWS::Bedrock::Model"])],
            RETRIEVE,
            Extent.NONE,
            id="two types",
        ),
        pytest.param(
            [
                advanced(
                    eventCategory="Data",
                    resources__type=FieldSelector(field="resources.type", starts_with=("AWS::Bedrock::",)),
                )
            ],
            RETRIEVE,
            Extent.NONE,
            id="types by their beginning",
        ),
        pytest.param([advanced(eventCategory="Data")], RETRIEVE, Extent.NONE, id="data events without a type"),
    ],
)
def test_how_much_of_a_call_is_recorded(selectors, call, extent):
    assert recorded([trail(*selectors)], call).extent is extent


def test_several_trails_record_together():
    reads = trail(BasicSelector(read_write="ReadOnly"))
    writes = trail(BasicSelector(read_write="WriteOnly"))
    assert recorded([reads], INVOKE).narrowed_by == "readOnly (write events are left out)"
    assert recorded([reads, writes], INVOKE).extent is Extent.ALL


def test_prompts_are_selected_by_either_documented_name():
    (render,) = DATA_BY_RESOURCE["prompt"]
    for name in ("AWS::Bedrock::Prompt", "AWS::Bedrock::PromptVersion"):
        selector = advanced(eventCategory="Data", resources__type=name)
        assert recorded([trail(selector)], render).extent is Extent.ALL


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (selector(eventCategory=["Management"]), None),
        (selector(eventCategory=["Data"], resources__type=["AWS::S3::Object"]), None),
        (selector(eventCategory=["Management"], readOnly=["true"], eventSource=["a", "b"]), None),
        (selector(eventCategory=["NetworkActivity"], eventSource=["kms.amazonaws.com"]), None),
        (selector(eventCategory=["Management", "Data"]), "eventCategory takes one value"),
        (selector(eventCategory=["Data"], resources__type=["AWS::S3::Object", "AWS::Bedrock::Model"]), "one value"),
        (selector(eventCategory=["Data"]), "Data events needs resources.type"),
        (selector(eventCategory=["NetworkActivity"]), "NetworkActivity events needs eventSource"),
        (selector(readOnly=["true"]), "no eventCategory"),
        (
            advanced(eventCategory=FieldSelector(field="eventCategory", not_equals=("Data",))),
            "Equals only, and not NotEquals",
        ),
        (
            advanced(eventCategory="Management", readOnly=FieldSelector(field="readOnly", not_equals=("true",))),
            "readOnly takes Equals only",
        ),
    ],
)
def test_what_cloudtrail_refuses(made, said):
    found = flaw(made)
    assert (found is None) if said is None else (said in str(found))


HEAD = "arn:aws:bedrock:us-east-1:123456789012:guardrail/"
OWN, ALIASES = Receiver(f"{HEAD}own"), Receiver("arn:aws:bedrock:us-east-1:123456789012:flow/own/", more=True)


@pytest.mark.parametrize(
    ("receiver", "operators", "extent"),
    [
        (OWN, {"equals": (OWN.arn,)}, Extent.ALL),
        (OWN, {"equals": (f"{HEAD}another", OWN.arn)}, Extent.ALL),
        (OWN, {"equals": (f"{HEAD}another",)}, Extent.NONE),
        (OWN, {"starts_with": (HEAD,)}, Extent.ALL),
        (OWN, {"starts_with": (f"{HEAD}another",)}, Extent.NONE),
        (OWN, {"not_equals": (f"{HEAD}another",)}, Extent.ALL),
        (OWN, {"not_equals": (OWN.arn,)}, Extent.NONE),
        (OWN, {"ends_with": ("/own",)}, Extent.ALL),
        (ALIASES, {"starts_with": ("arn:aws:bedrock:",)}, Extent.ALL),
        (ALIASES, {"starts_with": (ALIASES.arn,)}, Extent.ALL),
        (ALIASES, {"starts_with": (f"{ALIASES.arn}alias/A",)}, Extent.PART),
        (ALIASES, {"starts_with": ("arn:aws:bedrock:us-east-1:123456789012:flow/another/",)}, Extent.NONE),
        (ALIASES, {"equals": (f"{ALIASES.arn}alias/A",)}, Extent.PART),
        (ALIASES, {"equals": (OWN.arn,)}, Extent.NONE),
        (ALIASES, {"not_equals": (f"{ALIASES.arn}alias/A",)}, Extent.PART),
        (ALIASES, {"not_equals": (OWN.arn,)}, Extent.ALL),
        (ALIASES, {"not_starts_with": ("arn:aws:bedrock:",)}, Extent.NONE),
        (ALIASES, {"not_starts_with": (f"{ALIASES.arn}alias/A",)}, Extent.PART),
        (ALIASES, {"ends_with": ("/A",)}, Extent.PART),
    ],
)
def test_which_events_of_a_resource_a_condition_on_the_arn_takes(receiver, operators, extent):
    assert taken(FieldSelector(field="resources.ARN", **operators), receiver) is extent


def test_selectors_by_arn_record_the_resources_that_they_name():
    apply = DATA_BY_RESOURCE["guardrail"][0]
    arn = FieldSelector(field="resources.ARN", equals=(OWN.arn,))
    made = trail(advanced(eventCategory="Data", resources__type="AWS::Bedrock::Guardrail", resources__ARN=arn))
    assert recorded([made], apply, OWN).extent is Extent.ALL
    assert recorded([made], apply, Receiver(f"{HEAD}another")).extent is Extent.NONE
    assert recorded([made], apply).extent is Extent.PART


@pytest.mark.parametrize(
    ("values", "extent"),
    [
        (("arn:aws:s3",), Extent.ALL),
        (("arn:aws:s3:::one/",), Extent.ALL),
        (("arn:aws:s3:::one/a/", "arn:aws:s3:::one/b/"), Extent.PART),
        (("arn:aws:s3:::on",), Extent.ALL),
        (("arn:aws:s3:::two/",), Extent.NONE),
    ],
)
def test_a_basic_selector_takes_a_bucket_s_objects(values, extent):
    assert recorded([trail(objects(*values))], GET, Receiver("arn:aws:s3:::one/", more=True)).extent is extent

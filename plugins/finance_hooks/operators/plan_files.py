"""Keep plans as files: in a folder of this machine, or wherever Airflow's object storage reaches."""

import json
import os
from pathlib import Path

from airflow.sdk import ObjectStoragePath

from finance_hooks.model.park_reason_text import Language
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_written import plan_to_plain, write_csv

PLANS_VARIABLE = "FINANCE_PLANS"
PLANS = Path(__file__).parents[3] / "var" / "plans"


def plans_folder() -> ObjectStoragePath:
    """Return the place of plans: var/plans of the project, unless the environment names another."""
    return ObjectStoragePath(os.environ.get(PLANS_VARIABLE) or PLANS.as_uri())


def keep_plan(plan: Plan, language: Language) -> list[str]:
    """Write a plan as JSON and as CSV, and return where."""
    folder = plans_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{plan.administration.sync_id}-{plan.at:%Y%m%dT%H%M%S}"
    written = {
        f"{name}.json": json.dumps(plan_to_plain(plan, language), ensure_ascii=False, indent=1),
        f"{name}.csv": write_csv(plan, language),
    }
    for file, content in written.items():
        (folder / file).write_text(content, encoding="utf-8")
    return [str(folder / file) for file in written]

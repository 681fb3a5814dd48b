//! What the npm package takes from the core, written as files: here its types in TypeScript, in `playbooks` what is made of
//! the built-in playbooks. A test holds the files to the code; `npm run generate` (UPDATE_GENERATED=1) writes them anew.

use std::path::Path;

use ts_rs::{Config, TS};

use crate::api::operations::OPERATIONS;
use crate::api::{campaigns, enrichment, http, nql, problem, remote_actions, spark, token, uncovered, workflows};
use crate::bindings::authoring::content::ContentOptions;
use crate::bindings::authoring::doctor::DoctorCase;
use crate::bindings::authoring::nql::check::{NqlCheckOptions, NqlDiagnostic, NqlSeverity};
use crate::bindings::authoring::nql::tree::column::{NqlColumn, NqlColumnKind};
use crate::bindings::authoring::nql::tree::condition::{NqlComparison, NqlCondition};
use crate::bindings::authoring::nql::tree::expression::{
    NqlArgument, NqlArgumentValue, NqlExpression, NqlOperator, NqlUnit,
};
use crate::bindings::authoring::nql::tree::statement::{
    NqlComputation, NqlGrouping, NqlOrder, NqlSortKey, NqlStatement,
};
use crate::bindings::authoring::nql::tree::time::{
    NqlDate, NqlMoment, NqlPeriod, NqlPeriodUnit, NqlTime, NqlTimeOfDay,
};
use crate::bindings::authoring::nql::tree::{NqlComment, NqlName, NqlQuery};
use crate::bindings::authoring::playbooks::PlaybookTestRun;
use crate::bindings::authoring::playbooks::diagnostic::{DiagnosticFile, PlaybookDiagnostic, PlaybookSeverity};
use crate::client;
use crate::content::{
    ConnectorCredential, DataExporter, Need, RequiredColumn, RequiredDataCollection, RequiredInput, RequiredQuery,
    RequiredRemoteAction, TenantContent, WebhookTemplate,
};
use crate::conversation::{
    Choice, ChoiceStyle, Direction, Expects, LocaleFile, Message, MessageKind, MessageText, Turn, TurnStatus,
    WordingProblem, WordingSeverity,
};
use crate::doctor::{
    CheckStatus, DoctorCheck, DoctorProbe, DoctorReport, DoctorSettings, NotChecked, NotCheckedReason, ProbeError,
    ProbeOutcome,
};
use crate::fleet::directory::DirectorySummary;
use crate::fleet::outreach::{
    EmployeeLimit, HeldMatches, HeldReason, OutreachColumns, OutreachDecisions, OutreachDevice, OutreachEmployee,
    OutreachLimits, OutreachRecord, OutreachTopic, PlannedOutreach, QuietHours, TimeOfDay, Weekday,
};
use crate::fleet::scan::{MalformedRow, ScanCounts};
use crate::fleet::webhook::{WebhookEvent, WebhookKind};
use crate::flow::{
    ApprovalRequest, AuditEvent, AuditHead, AuditOutcome, AuditRecord, AuditVerdict, AuditedAction, Certainty, Device,
    DeviceSource, Diagnosis, Employee, EscalatedFinding, EscalatedRun, Escalation, EscalationFormat, EscalationOptions,
    Evidence, IdentifiedBy, PlaybookReference, Proposal, ProposeOptions, Request, Run, RunState, User, Verification,
    Waiting, WaitingFor,
};
use crate::json::Json;
use crate::nql::Timestamp;
use crate::playbook::testing::{
    BranchCoverage, ConditionBranch, PlaybookTest, PlaybookTestReport, PlaybookTestResult, PlaybookTests,
    TestDifference, TestedProperty,
};
use crate::playbook::{
    Clause, ConditionPart, DataCollection, Evaluation, FactValue, Finding, FreshnessModel, MissingFact, MissingReason,
    Model, ParameterModel, QueryModel, Recommendation, RecommendationKind, RemoteActionModel, Risk, RowInput,
    RuleModel, Schedule, Supplier, Verdict,
};
use crate::unseen::{JOINING, UNSEEN};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg-template/src/generated");

/// The TypeScript declarations of types, in this order.
macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        let config = Config::default();
        let mut text = String::from("// Made from the Rust structs by `npm run generate`. Do not edit.\n");
        $(
            text.push('\n');
            text.push_str(&<$type>::docs().unwrap_or_default());
            text.push_str("export ");
            text.push_str(&<$type>::decl(&config));
            text.push('\n');
        )*
        text
    }};
}

mod playbooks;

fn types() -> String {
    let names = OPERATIONS.each_ref().map(|operation| format!("\"{}\"", operation.name)).join(" | ");
    let types = declarations!(
        Json,
        Timestamp,
        Certainty,
        problem::ErrorKind,
        problem::SideEffect,
        problem::ErrorDetails,
        token::create::Input,
        token::create::Output,
        nql::execute::Input,
        nql::execute::Version,
        nql::export::Input,
        nql::export::Compression,
        nql::export::Output,
        nql::status::Input,
        nql::status::Output,
        remote_actions::get::Input,
        remote_actions::definition::RemoteAction,
        remote_actions::definition::RemoteActionTargeting,
        remote_actions::definition::RemoteActionScript,
        remote_actions::definition::RemoteActionInput,
        remote_actions::definition::RemoteActionOutput,
        remote_actions::execute::Input,
        remote_actions::execute::TriggerInfo,
        remote_actions::execute::Output,
        workflows::list::Input,
        workflows::list::Dependency,
        workflows::list::TriggerMethod,
        workflows::get::Input,
        workflows::definition::Workflow,
        workflows::definition::WorkflowVersion,
        workflows::execute::Input,
        workflows::address::WorkflowDevice,
        workflows::address::WorkflowUser,
        workflows::execute::Output,
        workflows::trigger::Input,
        workflows::trigger::Output,
        campaigns::trigger::Input,
        campaigns::trigger::Output,
        campaigns::trigger::CampaignRequest,
        enrichment::write::Input,
        enrichment::write::Enrichment,
        enrichment::write::EnrichmentIdentification,
        enrichment::write::EnrichmentField,
        enrichment::write::Output,
        enrichment::write::EnrichmentObjectError,
        enrichment::write::EnrichmentError,
        spark::handoff::Input,
        spark::handoff::Part,
        http::Method,
        uncovered::Input,
        uncovered::Output,
        client::ExportProgress,
        client::Event,
        client::LimitReason,
        client::TokenSource,
        Employee,
        IdentifiedBy,
        DeviceSource,
        Device,
        PlaybookReference,
        Schedule,
        Risk,
        Verdict,
        MissingReason,
        Supplier,
        MissingFact,
        FactValue,
        Clause,
        ConditionPart,
        Finding,
        RecommendationKind,
        Recommendation,
        RowInput,
        Evaluation,
        ScanCounts,
        MalformedRow,
        OutreachLimits,
        EmployeeLimit,
        QuietHours,
        TimeOfDay,
        Weekday,
        OutreachTopic,
        OutreachDevice,
        OutreachRecord,
        PlannedOutreach,
        HeldReason,
        HeldMatches,
        OutreachColumns,
        OutreachEmployee,
        OutreachDecisions,
        DirectorySummary,
        DataCollection,
        QueryModel,
        ParameterModel,
        RemoteActionModel,
        FreshnessModel,
        RuleModel,
        Model,
        PlaybookTest,
        PlaybookTests,
        TestedProperty,
        TestDifference,
        PlaybookTestResult,
        ConditionBranch,
        BranchCoverage,
        PlaybookTestReport,
        PlaybookSeverity,
        DiagnosticFile,
        PlaybookDiagnostic,
        PlaybookTestRun,
        Diagnosis,
        Request,
        ProposeOptions,
        Evidence,
        Proposal,
        ApprovalRequest,
        RunState,
        Verification,
        WaitingFor,
        Waiting,
        AuditHead,
        Run,
        User,
        AuditEvent,
        AuditedAction,
        AuditOutcome,
        AuditRecord,
        AuditVerdict,
        EscalationFormat,
        EscalationOptions,
        EscalatedFinding,
        EscalatedRun,
        Escalation,
        WebhookKind,
        WebhookEvent,
    );
    format!("{types}\n/**\n * The operations of Nexthink's APIs.\n */\nexport type Operation = {names};\n")
}

fn nql_types() -> String {
    declarations!(
        NqlQuery,
        NqlName,
        NqlComment,
        NqlStatement,
        NqlComputation,
        NqlGrouping,
        NqlSortKey,
        NqlOrder,
        NqlTime,
        NqlMoment,
        NqlPeriod,
        NqlPeriodUnit,
        NqlDate,
        NqlTimeOfDay,
        NqlCondition,
        NqlComparison,
        NqlExpression,
        NqlUnit,
        NqlOperator,
        NqlArgument,
        NqlArgumentValue,
        NqlColumn,
        NqlColumnKind,
        NqlSeverity,
        NqlDiagnostic,
        NqlCheckOptions,
    )
}

fn tenant_types() -> String {
    let types = declarations!(
        ContentOptions,
        TenantContent,
        RequiredQuery,
        Need,
        RequiredColumn,
        RequiredDataCollection,
        RequiredRemoteAction,
        RequiredInput,
        DataExporter,
        WebhookTemplate,
        ConnectorCredential,
        DoctorCase,
        DoctorSettings,
        DoctorProbe,
        ProbeOutcome,
        ProbeError,
        DoctorReport,
        DoctorCheck,
        CheckStatus,
        NotChecked,
        NotCheckedReason,
    );
    let (first, rest) = types.split_once('\n').unwrap();
    format!(
        "{first}\n\nimport type {{ Employee, ErrorKind, JsonValue, Playbook, Risk, Schedule, Timestamp }} from \"./types.ts\";\n{rest}"
    )
}

fn conversation_types() -> String {
    let types = declarations!(
        Turn,
        TurnStatus,
        Expects,
        Message,
        MessageKind,
        Choice,
        ChoiceStyle,
        LocaleFile,
        Direction,
        MessageText,
        WordingProblem,
        WordingSeverity,
    );
    let (first, rest) = types.split_once('\n').unwrap();
    format!(
        "{first}\n\nimport type {{ AssistantState }} from \"../assistant-state.ts\";\nimport type {{ Escalation }} from \"./types.ts\";\n{rest}"
    )
}

/// What nobody sees in a text, as a regular expression.
fn unseen() -> String {
    let mut class = String::new();
    for (first, last) in UNSEEN.into_iter().chain(JOINING) {
        let (first, last) = (u32::from(first), u32::from(last));
        class += &format!("\\u{{{first:x}}}");
        if first < last {
            class += &format!("-\\u{{{last:x}}}");
        }
    }
    format!(
        "// Written from src/unseen.rs by `npm run generate`. Do not edit.\n\n/** What nobody sees in a text, and what shows nothing by itself. */\nexport const unseen =\n  /[{class}]/gu;\n"
    )
}

fn holds_or_is_written(folder: &str, name: &str, expected: &str) {
    let path = Path::new(folder).join(name);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} differs from what it is made of: npm run generate");
}

#[test]
fn types_are_those_of_the_code() {
    holds_or_is_written(FOLDER, "types.ts", &types());
    holds_or_is_written(FOLDER, "nql.ts", &nql_types());
    holds_or_is_written(FOLDER, "tenant.ts", &tenant_types());
    holds_or_is_written(FOLDER, "conversation.ts", &conversation_types());
}

#[test]
fn unseen_characters_are_those_of_the_code() {
    holds_or_is_written(FOLDER, "unseen.ts", &unseen());
}

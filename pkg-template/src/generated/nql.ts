// Made from the Rust structs by `npm run generate`. Do not edit.

/**
 * A whole query: a table, a time selection, and statements in order. All places are indexes of the text, as
 * `text.slice(start, end)` takes them.
 */
export type NqlQuery = { 
/**
 * The table that it starts from.
 */
table: NqlName, 
/**
 * Which rows of it, by their time.
 */
time?: NqlTime, 
/**
 * What is done with the rows, in order.
 */
statements: Array<NqlStatement>, 
/**
 * What stands in comments.
 */
comments: Array<NqlComment>, 
/**
 * The parameters that it uses, without their `$`, each once.
 */
parameters: Array<string>, 
/**
 * The columns that its answer will have.
 */
columns: Array<NqlColumn>, 
/**
 * Whether the tenant adds columns of its own choice before these, because the query lists none and does not
 * summarize.
 */
hasDefaultColumns: boolean, };

/**
 * A dotted name as it was written.
 */
export type NqlName = { 
/**
 * The name with its dots.
 */
name: string, 
/**
 * Where it begins.
 */
start: number, 
/**
 * The index after its end.
 */
end: number, };

/**
 * A comment.
 */
export type NqlComment = { 
/**
 * What stands in it, without the marks around it.
 */
text: string, 
/**
 * Where it begins.
 */
start: number, 
/**
 * The index after its end.
 */
end: number, };

/**
 * One line of a query, from its keyword on.
 */
export type NqlStatement = { "type": "where", condition: NqlCondition, start: number, end: number, } | { "type": "with", table: NqlName, time?: NqlTime, start: number, end: number, } | { "type": "include", table: NqlName, time?: NqlTime, start: number, end: number, } | { "type": "compute", computations: Array<NqlComputation>, start: number, end: number, } | { "type": "summarize", computations: Array<NqlComputation>, by: Array<NqlGrouping>, start: number, end: number, } | { "type": "list", columns: Array<NqlExpression>, start: number, end: number, } | { "type": "sort", keys: Array<NqlSortKey>, start: number, end: number, } | { "type": "limit", rows: number, start: number, end: number, };

/**
 * `alias = expression` of a `compute` or `summarize`.
 */
export type NqlComputation = { 
/**
 * The name of the new column.
 */
alias: NqlName, 
/**
 * What it holds.
 */
expression: NqlExpression, };

/**
 * What a `summarize` groups by.
 */
export type NqlGrouping = { "type": "field", name: NqlName, } | { "type": "period", period: NqlPeriod, };

/**
 * What a `sort` compares.
 */
export type NqlSortKey = { 
/**
 * Mostly a column.
 */
expression: NqlExpression, 
/**
 * Which end comes first.
 */
order: NqlOrder, };

/**
 * The direction of a `sort`.
 */
export type NqlOrder = "ascending" | "descending";

/**
 * The time that rows are taken from. `resolution` is what stands after `by`.
 */
export type NqlTime = { "type": "past", period: NqlPeriod, resolution?: NqlPeriod, } | { "type": "between", from: NqlMoment, to: NqlMoment, resolution?: NqlPeriod, } | { "type": "on", date: NqlDate, resolution?: NqlPeriod, };

/**
 * An end of a stretch of time.
 */
export type NqlMoment = { "type": "ago", period: NqlPeriod, } | { "type": "date", date: NqlDate, };

/**
 * A length of time.
 */
export type NqlPeriod = { 
/**
 * How many of the unit.
 */
count: number, 
/**
 * The unit.
 */
unit: NqlPeriodUnit, 
/**
 * How long it is.
 */
milliseconds: number, };

/**
 * The unit of a period.
 */
export type NqlPeriodUnit = "s" | "min" | "h" | "d";

/**
 * A date.
 */
export type NqlDate = { 
/**
 * Without one it is the last such day that has begun.
 */
year?: number, 
/**
 * From 1 to 12.
 */
month: number, 
/**
 * From 1 to 31.
 */
day: number, 
/**
 * Without one the whole day is meant.
 */
time?: NqlTimeOfDay, };

/**
 * A time of the day.
 */
export type NqlTimeOfDay = { 
/**
 * From 0 to 23.
 */
hour: number, 
/**
 * From 0 to 59.
 */
minute: number, 
/**
 * From 0 to 59.
 */
second: number, };

/**
 * What is true, false or unknown. `negated`: a `!` stands before the operator.
 */
export type NqlCondition = { "type": "compare", operator: NqlComparison, left: NqlExpression, right: NqlExpression, start: number, end: number, } | { "type": "in", negated: boolean, left: NqlExpression, right: NqlExpression, start: number, end: number, } | { "type": "contains", negated: boolean, left: NqlExpression, right: NqlExpression, start: number, end: number, } | { "type": "and", conditions: Array<NqlCondition>, } | { "type": "or", conditions: Array<NqlCondition>, };

/**
 * A comparison. A single `=` is read as `==`.
 */
export type NqlComparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * What has a value. Names have a place in the text; constants have none.
 */
export type NqlExpression = { "type": "null", } | { "type": "boolean", value: boolean, } | { "type": "number", value: number, } | { "type": "quantity", value: number, unit: NqlUnit, } | { "type": "text", value: string, } | { "type": "date", date: NqlDate, } | { "type": "version", value: string, } | { "type": "address", value: string, } | { "type": "word", name: string, start: number, end: number, } | { "type": "field", name: string, start: number, end: number, } | { "type": "parameter", name: string, start: number, end: number, } | { "type": "array", elements: Array<NqlExpression>, } | { "type": "call", target?: NqlExpression, function: NqlName, arguments: Array<NqlArgument>, } | { "type": "arithmetic", operator: NqlOperator, left: NqlExpression, right: NqlExpression, };

/**
 * A unit of sizes (decimal) or durations.
 */
export type NqlUnit = "ms" | "s" | "min" | "h" | "d" | "B" | "KB" | "MB" | "GB" | "TB";

/**
 * An arithmetic operator.
 */
export type NqlOperator = "+" | "-" | "*" | "/" | "^";

/**
 * What a function is given: `timezone = "GMT"`, or a condition or value without a name.
 */
export type NqlArgument = { 
/**
 * What stands before the `=`.
 */
name?: NqlName, 
/**
 * What is given.
 */
value: NqlArgumentValue, };

/**
 * What a function is given: `countif(status == success)` takes a condition, `as(format = percent)` a value.
 */
export type NqlArgumentValue = NqlCondition | NqlExpression;

/**
 * A column of a query's answer.
 */
export type NqlColumn = { 
/**
 * The name that the API returns: qualified for a field, the alias for a computed column.
 */
name: string, 
/**
 * What it holds.
 */
kind: NqlColumnKind, 
/**
 * The NQL ID of the remote action whose output, status or time it holds.
 */
remoteActionId?: string, 
/**
 * How far its events go back, in milliseconds, where they end now.
 */
pastMs?: number, 
/**
 * Where the query lists, computes or makes it.
 */
start: number, 
/**
 * The index after its end.
 */
end: number, };

/**
 * What a column holds.
 */
export type NqlColumnKind = "field" | "remote-action-output" | "remote-action-status" | "remote-action-time" | "count" | "computed" | "bucket";

/**
 * How bad it is.
 */
export type NqlSeverity = "error" | "warning";

/**
 * What is wrong at one place of a query.
 */
export type NqlDiagnostic = { 
/**
 * Whether Nexthink refuses it.
 */
severity: NqlSeverity, 
/**
 * What is wrong, in one sentence.
 */
message: string, 
/**
 * What to do about it.
 */
help?: string, 
/**
 * Where it begins, as an index of the text.
 */
start: number, 
/**
 * The index after its end.
 */
end: number, 
/**
 * The line in which it begins, from 1 on.
 */
line: number, 
/**
 * Where in this line, from 1 on.
 */
column: number, };

/**
 * What else a query is checked for.
 */
export type NqlCheckOptions = { 
/**
 * The parameters that it will be given, without their `$`: each that is missing or not used is told.
 */
parameters?: Array<string>, };

export { isSet, readBinding, writeBinding } from './binding.ts'
export type {
  Binding,
  BindingKind,
  ExpressionBinding,
  LiteralBinding,
  ReferenceBinding,
  TextBinding,
  TextPart,
} from './binding.ts'
export { branchesAround, chainFrom, continuePortIn } from './branch.ts'
export type { Branch } from './branch.ts'
export { checkFlow } from './check.ts'
export type { CheckOptions } from './check-node.ts'
export { newCase, noCondition, readCases } from './cases.ts'
export type { Case } from './cases.ts'
export { readColumnMapping } from './column-mapping.ts'
export type { MappedColumn } from './column-mapping.ts'
export { columnTypes, isColumnType, typeOfColumnType } from './column-type.ts'
export type { ColumnType, ColumnTypeChoice } from './column-type.ts'
export {
  defineConnection,
  isOfWay,
  isOneVariable,
  isSecretHeader,
  placeholderIn,
  wayTaken,
} from './connection-definition.ts'
export type {
  ConnectionDefinition,
  ConnectionField,
  ConnectionWay,
  FieldExample,
} from './connection-definition.ts'
export { connectionsOf, connectionUses } from './connection-use.ts'
export type { ConnectionUse } from './connection-use.ts'
export { costOf, usageByModel, withoutDate } from './cost.ts'
export type { Cost, ModelPrice, ModelUsage, PriceTable } from './cost.ts'
export {
  declaredTypes,
  readDeclaredFields,
  typeOfDeclared,
  typeOfFields,
  whyNotDeclaredFields,
} from './declared-field.ts'
export type { DeclaredField, DeclaredType } from './declared-field.ts'
export {
  blockVariablesOf,
  continuePortOf,
  createRegistry,
  dataPortsOf,
  defineNode,
  execPortsOf,
  outputsOf,
  titleOf,
} from './definition.ts'
export type {
  AttachmentPort,
  DataPort,
  DeclaredVariable,
  ExecOut,
  ExecOutEach,
  ExecPort,
  NodeCategory,
  NodeDefinition,
  NodeMigration,
  OutputDefinition,
  OutputType,
  Registry,
} from './definition.ts'
export { connectionDefinitionProblems, nodeDefinitionProblems } from './definition-problems.ts'
export { diffFlows, isEmptyDiff } from './diff.ts'
export type { FlowChange, FlowDiff, Move, Rewiring } from './diff.ts'
export {
  addNode,
  moveNodes,
  removeNodes,
  setFlowFields,
  setNodeFields,
  setProperty,
  setPropertyPart,
} from './edit.ts'
export type { FlowFields, NewNode, NodeFields, PropertyEdit, PropertyPartEdit } from './edit.ts'
export { moveStatement } from './edit-order.ts'
export type { StatementMove } from './edit-order.ts'
export {
  attach,
  connect,
  detach,
  disconnect,
  insertAt,
  isolateNodes,
  whyNotAttach,
  whyNotConnect,
} from './edit-lines.ts'
export type { Insertion } from './edit-lines.ts'
export { addNote, changeNote, moveNotes, removeNotes } from './edit-notes.ts'
export type { NewNote, NoteFields } from './edit-notes.ts'
export { errorOfShape, FlowError, statusByCode, toFlowError } from './error.ts'
export type { ErrorCode, ErrorDetails, ErrorShape, FlowErrorOptions } from './error.ts'
export { errorForVisitor } from './error-for-visitor.ts'
export { runEventSchema } from './event.ts'
export { checkExpression, compileExpression } from './expression.ts'
export type { CompiledExpression } from './expression.ts'
export { excerptsOfChange, formatDiff, linesOfDiff } from './format-diff.ts'
export type { DiffLine } from './format-diff.ts'
export { completeExpression } from './complete-expression.ts'
export type { ExpressionCompletion, ExpressionCompletions } from './complete-expression.ts'
export { tokensOf } from './expression-tokens.ts'
export type { ExpressionToken } from './expression-tokens.ts'
export { expressionConstants, expressionFunctions } from './expression-vocabulary.ts'
export type { ExpressionFunction } from './expression-vocabulary.ts'
export { filterOperators, readFilter } from './filter.ts'
export type { Filter, FilterOperator, FilterRow } from './filter.ts'
export { findReferences, lostReferences, usesOfFlowVariables } from './find-references.ts'
export type { ReferencingProperty, VariableId, VariableUse } from './find-references.ts'
export { inspectExpression } from './inspect-expression.ts'
export type { ExpressionInspection } from './inspect-expression.ts'
export { emptyFlow } from './empty-flow.ts'
export { maxNodes, maxTextLength } from './flow-limits.ts'
export type {
  Attachment,
  Edge,
  Flow,
  FlowNode,
  FlowSettings,
  FlowVariable,
  Layout,
  Note,
} from './flow.ts'
export { noteColours } from './note-colours.ts'
export type { NoteColour } from './note-colours.ts'
export { settingsOf } from './settings-of.ts'
export type { SettledSettings } from './settings-of.ts'
export { readChecked } from './read-checked.ts'
export type { CheckedDocument } from './read-checked.ts'
export { readSchedule, whyNever, whyNotSchedule } from './schedule.ts'
export type { Schedule } from './schedule.ts'
export { keepInVariable, whyNotKeep } from './keep-variable.ts'
export type { KeptVariable } from './keep-variable.ts'
export { exceedsDepth, isRecord, ownValue, replaceAt } from './json.ts'
export type { JsonObject, JsonValue } from './json.ts'
export { flowJsonSchema, flowTestsJsonSchema } from './json-schema.ts'
export { mergeFlows } from './merge-flows.ts'
export type { FlowMerge, MergeConflict } from './merge-flows.ts'
export { migrateNodes } from './migrate-nodes.ts'
export {
  isIdentifier,
  isSlug,
  maxNameLength,
  nearestName,
  toIdentifier,
  toSlug,
  uniqueName,
} from './name.ts'
export { noTests, uniqueTestName } from './flow-test.ts'
export type {
  ExpectedError,
  FlowTest,
  FlowTestExpectation,
  FlowTests,
  RecordedBytes,
  RecordedExchange,
  RecordedRequest,
} from './flow-test.ts'
export { maxDepth } from './malformed.ts'
export { parseFlow } from './parse.ts'
export type { ParseResult } from './parse.ts'
export { parseFlowTests } from './parse-flow-tests.ts'
export type { ParsedFlowTests } from './parse-flow-tests.ts'
export { readNamedValues } from './named-values.ts'
export type { NamedValue } from './named-values.ts'
export { pinMisfit } from './pin-misfit.ts'
export type { PinPlace } from './pin-misfit.ts'
export { pinSchema, pinsSchema } from './pin.ts'
export type { Pin } from './pin.ts'
export { hasErrors } from './problem.ts'
export type { CodePosition, Problem, ProblemCode } from './problem.ts'
export { programOf } from './program.ts'
export type { Block, Program, Step } from './program.ts'
export {
  conditionOperators,
  hasRightSide,
  property,
  propertyKinds,
  readConditions,
  rulesOf,
} from './property.ts'
export type {
  BindingCell,
  CasesProperty,
  CodeProperty,
  ConditionOperator,
  ConditionRow,
  Conditions,
  ColumnMappingProperty,
  ConditionsProperty,
  FieldsProperty,
  FilterProperty,
  NamedValuesProperty,
  PropertyDefinition,
  PropertyKind,
  PropertyKindRules,
  RecordDefinitionProperty,
  SqlProperty,
  Visibility,
} from './property.ts'
export { isAnswer, readValue } from './read-value.ts'
export type { ReadValue, Source } from './read-value.ts'
export { followPath, formatReference, parseReference } from './reference.ts'
export type { Reference } from './reference.ts'
export { renameFlowVariable } from './rename.ts'
export { fieldRoles, readRecordDefinition } from './record-definition.ts'
export type { FieldRole, RecordField } from './record-definition.ts'
export type {
  ChatMessage,
  HistoryReducer,
  ResourceKind,
  Resources,
  TextEmbedder,
  TextSplitter,
} from './resource.ts'
export { readSqlExpression } from './sql-expression.ts'
export type { SqlExpression, SqlParameter } from './sql-expression.ts'
export type { RunCall } from './run-call.ts'
export { addUsage } from './run-event.ts'
export type {
  RunEvent,
  RunEventOf,
  RunEventType,
  RunOutcome,
  TraceLevel,
  Usage,
} from './run-event.ts'
export { runStateFromJson, runStateToJson } from './run-state-json.ts'
export type { RunStateJson } from './run-state-json.ts'
export { applyEvent, applyEvents, initialRunState } from './run-state.ts'
export type { NodeState, NodeStatus, RunState } from './run-state.ts'
export { takeOver } from './take-over.ts'
export type { RecordedRun, Rerun, RerunReason, TakeOver } from './take-over.ts'
export { timeSpansOf, timingOf } from './run-timing.ts'
export type { RunTiming, TimeSpans } from './run-timing.ts'
export { compareRuns } from './compare-runs.ts'
export type {
  ComparedNode,
  ComparedRuns,
  NodeDifference,
  NodeFigures,
  RunFigures,
} from './compare-runs.ts'
export { firstDifference } from './first-difference.ts'
export type { ValueDifference } from './first-difference.ts'
export { clientView, eventIn } from './run-view.ts'
export type { RunView } from './run-view.ts'
export { visitsAround, visitsOf } from './run-visits.ts'
export type { BlockRun, RunVisit, RunVisits } from './run-visits.ts'
export { scopesOf, typeOfFlowVariable } from './scope.ts'
export { hasSameScopes } from './has-same-scopes.ts'
export type { ScopedFlow } from './has-same-scopes.ts'
export type { FlowScopes, ScopeVariable, VariableOrigin } from './scope.ts'
export { serializeFlowTests } from './serialize-flow-tests.ts'
export { canonicalFlow, serializeFlow } from './serialize.ts'
export { compareTags, maxTagLength, maxTags, tagKey, tidyTag, tidyTags } from './tags.ts'
export {
  fillTemplate,
  placeholdersIn,
  promptParts,
  recordFields,
  textOfTemplate,
  writePlaceholder,
} from './template.ts'
export { templatePlaceholders } from './template-placeholders.ts'
export type { TemplatePlaceholders } from './template-placeholders.ts'
export type { InsertedValue, PlaceholderSpan, Template } from './template.ts'
export { textInTemplate, textOf } from './text-of.ts'
export {
  describeType,
  emptyValue,
  fieldsOf,
  isAssignable,
  isOfType,
  isUsableAs,
  isOptional,
  itemOf,
  namedTypes,
  required,
  typeAt,
  typeOfValue,
} from './type.ts'
export type { NamedType, Type, ValueOf } from './type.ts'
export { typeOfBinding } from './type-of-binding.ts'
export type { VisibleVariables } from './visible-variables.ts'
export { isVisible } from './visibility.ts'
export {
  readFormat,
  stepsFor,
  typeAfter,
  typeOfReference,
  writeFormat,
  type FormatStep,
  type FormattedValue,
} from './value-format.ts'
export { resultTypesOf } from './result-types.ts'
export { replaceMissingVariable, replaceReference } from './repair.ts'

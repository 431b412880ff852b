import { isNothing } from '../field/nothing.ts'
import type { Memo } from '../hash/memo.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import type { Rule, RuleContext } from '../normalize/rule-context.ts'

/** How one field of `user_data` is treated. */
export interface FieldRule {
  /** Whether the value leaves as SHA-256. Hashed fields take lists. */
  readonly isHashed: boolean
  /** The text to hash or to send, or undefined when the value cannot be this field. */
  readonly normalize: Rule
  /** Few people differ in it: hashes of its values are remembered. Never e-mail, phone or ids. */
  readonly memo: ((context: RuleContext) => Memo) | undefined
  /** The warning for a value that is still sent. */
  readonly warning:
    | ((text: string, context: RuleContext, given?: string) => IssueCode | undefined)
    | undefined
  /** What is said of a value that is dropped; default `not_normalizable`. */
  readonly dropCode: IssueCode | undefined
  /** What to do about a value that is dropped; default: the code's own. */
  readonly dropFix: string | undefined
  /** Takes no list. */
  readonly isSingle: boolean
  /** No word for nothing passes the rule: there is no need to ask before it. */
  readonly refusesNothing: boolean
  /** Values of this form are real here, though elsewhere they stand for nothing: Namibia's `NA`, a Mr Null. */
  readonly isReal: ((text: string, context: RuleContext) => boolean) | undefined
  /** 32 hex digits are taken for an MD5 hash, as all of Meta's SDKs do. Not in ids, where a UUID looks like one. */
  readonly takesMd5: boolean
}

type Options = Partial<Omit<FieldRule, 'isHashed' | 'normalize'>>

/** Every rule has every member: the loop over a person's fields meets one shape only. */
function rule(isHashed: boolean, normalize: Rule, options: Options): FieldRule {
  return {
    isHashed,
    normalize,
    memo: options.memo,
    warning: options.warning,
    dropCode: options.dropCode,
    dropFix: options.dropFix,
    isSingle: options.isSingle ?? false,
    refusesNothing: options.refusesNothing ?? false,
    isReal: options.isReal,
    takesMd5: options.takesMd5 ?? true,
  }
}

/** Whether a trimmed text stands for a missing value in this field. */
export function isAbsent(text: string, rule: FieldRule, context: RuleContext): boolean {
  return isNothing(text) && !rule.isReal?.(text, context)
}

/* @__NO_SIDE_EFFECTS__ */
export function hashed(normalize: Rule, options: Options = {}): FieldRule {
  return rule(true, normalize, options)
}

/* @__NO_SIDE_EFFECTS__ */
export function plain(normalize: Rule, options: Options = {}): FieldRule {
  return rule(false, normalize, { isSingle: true, ...options })
}

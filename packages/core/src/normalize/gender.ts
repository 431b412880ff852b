import { byWord } from '../field/by-word.ts'
import { compact } from '../field/compact.ts'

/** The words people and shop systems use; Meta knows two values. Others are dropped. */
const WORDS: Readonly<Record<'f' | 'm', string>> = {
  f: 'f female w woman women girl lady she her sheher mrs ms miss madam maam weiblich frau femme féminin femenino femenina mujer feminino feminina mulher femminile femmina donna vrouw kvinna kobieta',
  m: 'm male man men boy gentleman he him hehim mr mister sir männlich maennlich mann herr homme masculin masculino hombre homem maschile maschio uomo mannelijk mężczyzna',
}

const letters = byWord(WORDS)

/** `f` or `m`. Source: Meta, Customer Information Parameters, read 2026-09. */
export function gender(text: string): string | undefined {
  return text.length > 32 ? undefined : letters().get(compact(text))
}

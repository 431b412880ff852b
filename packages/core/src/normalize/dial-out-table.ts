// Made by `pnpm --filter @capi/core generate` from the metadata of libphonenumber-js 1.13.16. Do not edit.

/** Countries by alpha-2, run together, and the pattern of what they dial in front of a foreign number besides 00. */
export const DIAL_OUT =
  'aucccx:001[14-689] axfi:99([01469]|5([14]1|3[23]|5[59]|77|88|9[09])) bo:00(1\\d)? br:00(1[245]|2[1-35]|31|4[13]|[56]5|99) bykzrutjtm:810 cl:(0|1(1[0-69]|2[02-5]|5[13-58]|69|7[0167]|8[018]))0 co:00(4([14]4|56)|[579]) cu:119 cvws:0 fj:0(0|52) gymn:001 hk:00(30|5[09]|[126-9]?) id:00[89] il:0(0|1(05|[2-9])) is:1(0(01|[12]0)|100) jp:010 ke:000 kh:00[14-9] kp:99 kr:00([125689]|3([46]5|91)|7(00|27|3|55|6[126])) mhus:011 mu:0(0|[24-7]0|3[03]) mv:0(0|19) mx:0[09] ng:009 nz:0(0|161) pg:140[1-3] pw:01[12] sb:0[01] sc:010|0[0-2] sg:0[0-3]\\d si:10(22|66|88|99) td:16 th:00[1-9] tw:0(0[25-79]|19) tz:00[056] ug:00[057] uy:0(0|1[3-9]\\d)'

import { buildersKinds } from './builders-kinds.ts'
import { coreHasher, hashAll, judge } from './differential.ts'
import { FIELDS } from './meta-libraries.ts'
import { people } from './people.ts'

const hashed = hashAll([...people(10_000, 24), ...buildersKinds()], coreHasher(Date.now()))
const report = judge(hashed)

console.table(
  Object.fromEntries(
    [...Object.keys(FIELDS), 'all'].map((field) => {
      const { inputs, equal, wrong } = judge(
        field === 'all' ? hashed : hashed.filter((one) => one.field === field),
      )
      const differing = inputs - equal - wrong.length
      return [
        field,
        { inputs, 'equal to both': equal, 'differs as intended': differing, wrong: wrong.length },
      ]
    }),
  ),
)
for (const [{ fields, reason }, counts] of report.intended) {
  const whose = Object.entries(counts).map(([library, count]) => `${library} ${count}`)
  console.log(`${fields.length > 2 ? 'any' : fields.join(', ')}: ${whose.join(', ')}. ${reason}`)
}
for (const wrong of report.wrong.slice(0, 20)) console.log(wrong)

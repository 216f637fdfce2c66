import type { DeleteOutcome, FileOutcome } from '../../../shared/model/delete-plan'
import { Disclosure } from '../../ui/Disclosure'

/** What a deletion did, file by file, for as long as the task is listed. */
export function DeletedFiles({ outcomes }: { outcomes: readonly DeleteOutcome[] }) {
  const files = outcomes.flatMap((one) => one.files)
  const keptParts = outcomes.flatMap((one) => one.keptParts)
  if (files.length + keptParts.length === 0) return null
  return (
    <Disclosure summary={summaryOf(files, keptParts.length)}>
      <ul className="task-files selectable">
        {files.map((file) => (
          <li key={file.path}>{inWords(file)}</li>
        ))}
        {keptParts.map((part) => (
          <li key={part}>{`${part}: kept`}</li>
        ))}
      </ul>
    </Disclosure>
  )
}

function summaryOf(files: readonly FileOutcome[], partCount: number): string {
  const count = (wanted: FileOutcome['result']): number =>
    files.filter(({ result }) => result === wanted).length
  const told = [
    [count('deleted'), 'deleted'],
    [count('kept') + partCount, 'kept'],
    [count('failed'), 'still there'],
  ] as const
  return told
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ')
}

function inWords({ path, result, why }: FileOutcome): string {
  if (result === 'deleted') return `${path}: deleted`
  const what = result === 'kept' ? 'kept' : 'still there'
  return `${path}: ${what}${why === undefined ? '' : ` (${why})`}`
}

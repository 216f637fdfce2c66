import type { PlannedFile } from '../../../../shared/model/snapshots/plan'
import { formatBytes } from '../../../../shared/units'
import type { Answer } from '../../../api/use-answer'
import { CommandBlock } from '../../../components/CommandBlock'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { Disclosure } from '../../../ui/Disclosure'
import { Spinner } from '../../../ui/Spinner'

/** A plan that is waited for, or that could not be made. */
export function PlanState({ answer, failure }: { answer: Answer<unknown>; failure: string }) {
  if (answer.error)
    return (
      <ErrorBox
        error={answer.error}
        title={failure}
        actions={<Button onPress={answer.reload}>Look again</Button>}
      />
    )
  return answer.value === undefined ? (
    <p className="snap-waiting" role="status">
      <Spinner /> Working out what would happen…
    </p>
  ) : null
}

export function FileList({ title, files }: { title: string; files: readonly PlannedFile[] }) {
  if (files.length === 0) return null
  const known = files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  return (
    <section aria-label={title}>
      <h3 className="snap-plan-title">
        {title}
        {known > 0 ? <span className="secondary">{` · ${formatBytes(known)}`}</span> : null}
      </h3>
      <ul className="snap-files">
        {files.map(({ path, sizeBytes }) => (
          <li key={path}>
            <span className="mono selectable">{path}</span>
            {sizeBytes === undefined ? null : <span className="secondary">{formatBytes(sizeBytes)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Commands({ commands }: { commands: readonly string[] }) {
  return commands.length === 0 ? null : (
    <Disclosure summary={commands.length === 1 ? 'The same as a command' : 'The same as commands'}>
      <CommandBlock text={commands.join('\n')} what={commands.length === 1 ? 'command' : 'commands'} />
    </Disclosure>
  )
}

import type { DeleteOutcome, FileOutcome } from '../../../shared/model/delete-plan'
import { CheckIcon, ErrorIcon, InfoIcon } from '../../ui/icons/general'
import { Path } from './PlanFiles'

/** How each VM and each of its files ended: what is still there first. */
export function Outcomes({ outcomes }: { outcomes: readonly DeleteOutcome[] }) {
  return (
    <div className="outcomes" role="group" aria-label="What happened">
      {outcomes.map((one) => (
        <section key={one.vm}>
          {outcomes.length > 1 || !one.isDeleted ? (
            <h3 className="outcome-vm">
              {`${one.name}: ${one.isDeleted ? 'deleted' : `not deleted. ${one.error?.message ?? ''}`}`}
            </h3>
          ) : null}
          <ul className="plan-files" aria-label={`Files of ${one.name}`}>
            {one.files
              .toSorted((a, b) => order[a.result] - order[b.result])
              .map((file) => (
                <li key={file.path} className={`plan-file outcome-${file.result}`}>
                  <Mark result={file.result} />
                  <span className="outcome-text selectable">
                    <Path path={file.path} />
                    <span className="plan-meta">{inWords(file)}</span>
                  </span>
                </li>
              ))}
            {one.keptParts.map((part) => (
              <li key={part} className="plan-file outcome-kept">
                <Mark result="kept" />
                <span className="outcome-text selectable">
                  {part}
                  <span className="plan-meta">Kept</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const order: Record<FileOutcome['result'], number> = { failed: 0, kept: 1, deleted: 2 }

function Mark({ result }: { result: FileOutcome['result'] }) {
  if (result === 'failed') return <ErrorIcon size={14} />
  return result === 'kept' ? <InfoIcon size={14} /> : <CheckIcon size={14} />
}

function inWords({ result, why }: FileOutcome): string {
  if (result === 'deleted') return 'Deleted'
  const what = result === 'kept' ? 'Kept' : 'Still there'
  return why === undefined ? what : `${what}: ${why}`
}

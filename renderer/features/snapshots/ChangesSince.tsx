import type { VmRef } from '../../../shared/model/ids'
import { vmKey } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { DiffView } from '../../ui/diff/DiffView'
import { Spinner } from '../../ui/Spinner'

interface Props {
  readonly target: VmRef
  readonly name: string
  readonly vmName: string
}

/** The VM's definition then and now. */
export function ChangesSince({ target, name, vmName }: Props) {
  const { value, error, reload } = useAnswer(`snapshot definition ${vmKey(target)} ${name}`, () =>
    api.snapshots.definition({ ...target, name }),
  )
  return (
    <div className="snap-changes">
      {error ? (
        <ErrorBox
          error={error}
          title="What the VM was then could not be read"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : value ? (
        <DiffView
          label={`Changes to ${vmName} since ${name}`}
          // a line break at the end of one of them is no change
          before={value.before.trimEnd()}
          after={value.now.trimEnd()}
          emptyText="The definition of the VM is the same as it was then."
          onCopy={(text) => api.app.copyText({ text })}
        />
      ) : (
        <p className="snap-waiting" role="status">
          <Spinner /> Reading the definition…
        </p>
      )}
    </div>
  )
}

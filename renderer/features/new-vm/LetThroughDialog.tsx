import type { HostId } from '../../../shared/model/ids'
import type { AccessFix } from '../../../shared/model/storage/image'
import { shellWord } from '../../../shared/shell-word'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { showToast } from '../../stores/toasts'
import { ShieldIcon } from '../../ui/icons/hardware'

interface Props {
  readonly host: HostId
  readonly path: string
  readonly grant: AccessFix
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Says to the letter what is changed on the host, and how it is taken back, before it is done. */
export function LetThroughDialog({ host, path, grant, onClose, onDone }: Props) {
  const undo = lineOf(grant.undo)
  return (
    <ConfirmDialog
      title="Let VMs get to this image?"
      confirmLabel="Let VMs through"
      icon={ShieldIcon}
      width={560}
      onClose={onClose}
      onConfirm={async () => {
        await api.files.grantAccess({ host, path })
        showToast({ tone: 'success', title: `VMs get to ${path} now. To take it back, run: ${undo}` })
        onDone()
      }}
    >
      <p>{grant.explanation}</p>
      <ul className="nv-notes" aria-label="What is changed">
        {grant.paths.map((one) => (
          <li key={one} className="mono selectable">
            {one}
          </li>
        ))}
      </ul>
      <p className="secondary">This is run on the host:</p>
      <CommandBlock text={lineOf(grant.argv)} />
      <p className="secondary">And this takes it back:</p>
      <CommandBlock text={undo} what="command that takes it back" />
    </ConfirmDialog>
  )
}

function lineOf(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ')
}

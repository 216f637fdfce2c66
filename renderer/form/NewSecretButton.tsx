import { useState } from 'react'
import type { Values } from '../../shared/model/hardware/field'
import type { NamedUsage } from '../components/secret-words'
import { Button } from '../ui/Button'
import { PlusIcon } from '../ui/icons/general'
import { NewSecretDialog } from './NewSecretDialog'
import { useScope } from './scope'

interface Props {
  readonly isDisabled: boolean
  /** Called with the UUID of the one that was made. */
  readonly onChange: (uuid: string) => void
}

/** Beside a field that names a secret: the host may not have it yet. */
export function NewSecretButton({ isDisabled, onChange }: Props) {
  const { target, kind, values } = useScope()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="hw-new-secret">
      <Button icon={PlusIcon} className="button-small" isDisabled={isDisabled} onPress={() => setOpen(true)}>
        New secret…
      </Button>
      {isOpen ? (
        <NewSecretDialog
          host={target.host}
          usage={usageFor(kind.id, values)}
          onClose={() => setOpen(false)}
          onCreated={(uuid) => {
            onChange(uuid)
            setOpen(false)
          }}
        />
      ) : null}
    </div>
  )
}

/** What a secret named by such a form is for, to begin with. */
export function usageFor(kind: string, values: Values): NamedUsage {
  if (kind === 'tpm') return 'vtpm'
  const words = Object.values(values)
  if (words.includes('rbd') || words.includes('ceph')) return 'ceph'
  if (kind === 'scsi-device' || words.some((word) => typeof word === 'string' && word.startsWith('iscsi')))
    return 'iscsi'
  return 'volume'
}

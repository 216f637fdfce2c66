import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { HostIcon } from '../../ui/icons/objects'
import { addInput, copyOf, newDraft } from './host-draft'
import { HostDialog } from './HostDialog'

interface Props {
  /** Begin with a copy of this host. */
  readonly like?: HostId | undefined
  readonly group?: string | undefined
}

/**
 * The host is in the list as soon as the form is right, whether or not it answers: its page shows how connecting goes,
 * and on a failure nothing has to be typed again.
 */
export function AddHostDialog({ like, group }: Props) {
  const model = useHost(like)
  return (
    <HostDialog
      title={model ? `Duplicate ${model.label}` : 'Add host'}
      icon={HostIcon}
      initial={model ? copyOf(model) : newDraft(group)}
      submitLabel="Add host"
      failure="The host was not added"
      extraButton={
        model ? undefined : (
          <Button
            variant="quiet"
            className="push"
            onPress={() => {
              closeDialog()
              go({ kind: 'welcome' })
            }}
          >
            Look on this computer
          </Button>
        )
      }
      noteOf={(draft) =>
        model && draft.form.uri.trim() === model.uri
          ? 'Change what differs: the same connection cannot be in the list twice'
          : undefined
      }
      onSubmit={async (draft) => {
        const host = await api.hosts.add(addInput(draft))
        closeDialog()
        go({ kind: 'host', host })
      }}
    />
  )
}

import type { HostId } from '../../../shared/model/ids'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { CodeIcon } from '../../ui/icons/hardware'
import { ImportIcon, TemplateIcon } from '../../ui/icons/objects'
import { useForeignFile } from './ForeignFile'

/** For those who have a description of the VM already: one row, as most have none. */
export function OtherSources({ host }: { readonly host: HostId }) {
  const { choose, failure } = useForeignFile()
  return (
    <>
      <div className="nv-others" role="group" aria-label="From what is there already">
        <FromDefinition host={host} />
        <Button
          variant="quiet"
          className="button-small"
          icon={TemplateIcon}
          onPress={() => openDialog({ kind: 'newVmFromTemplate', host })}
        >
          From a template…
        </Button>
        <Button
          variant="quiet"
          className="button-small"
          icon={ImportIcon}
          tooltip="Of Xen, VMware, VirtualBox and others: xl, VMX, OVF or OVA; a box of Vagrant; or a bundle that was exported here"
          onPress={() => void choose()}
        >
          From another hypervisor’s file…
        </Button>
      </div>
      {failure ? <ErrorBox error={failure} title="The file cannot be used" /> : null}
    </>
  )
}

/** XML that somebody has: a backup, another host's, another program's. */
export function FromDefinition({ host }: { readonly host: HostId }) {
  return (
    <Button
      variant="quiet"
      className="button-small"
      icon={CodeIcon}
      onPress={() => openDialog({ kind: 'newVmFromDefinition', host })}
    >
      From a definition…
    </Button>
  )
}

import { mayRunKvm } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { CodeIcon, TerminalIcon } from '../../ui/icons/hardware'
import { ImportIcon, TemplateIcon } from '../../ui/icons/objects'
import { useForeignFile } from './ForeignFile'

/** For those who have a description of the VM already: one row, as most have none. */
export function OtherSources({ host }: { readonly host: HostId }) {
  const { choose, failure } = useForeignFile()
  return (
    <>
      <div className="nv-others" role="group" aria-label="From what is there already">
        <FromDefinition host={host} />
        <FromCommand host={host} />
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

/** How people run QEMU by hand; hosts of other hypervisors have no use for it. */
function FromCommand({ host }: { readonly host: HostId }) {
  const status = useHost(host)?.status
  if (status?.kind === 'connected' && !mayRunKvm(status.info)) return null
  return (
    <Button
      variant="quiet"
      className="button-small"
      icon={TerminalIcon}
      tooltip="A line that begins with qemu-system-…, a script around one, or a file of -readconfig"
      onPress={() => openDialog({ kind: 'newVmFromCommand', host })}
    >
      From a QEMU command…
    </Button>
  )
}

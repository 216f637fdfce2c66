import { useState } from 'react'
import type { HardwareView } from '../../../../shared/model/hardware/view'
import type { VmRef } from '../../../../shared/model/ids'
import { CommandBlock } from '../../../components/CommandBlock'
import { useHost } from '../../../stores/hosts'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { downloadBlob } from '../../../ui/download'
import { displayUrl, reachableDisplays, viewerFile, virtViewerCommand, type Reach } from './viewer-file'

interface Props {
  readonly vm: VmRef
  readonly name: string
  readonly hardware: HardwareView
  readonly onClose: () => void
}

/** Hands the screen over to another program on this computer. */
export function ExternalViewerDialog({ vm, name, hardware, onClose }: Props) {
  const uri = useHost(vm.host)?.uri ?? ''
  const displays = reachableDisplays(hardware, hostNameOf(uri))
  const [takesUsb, setTakesUsb] = useState(true)
  const hasSpice = hardware.items.some(
    ({ ref, values }) => ref.kind === 'graphics' && values['type'] === 'spice',
  )
  return (
    <Dialog
      title={`Show ${name} in another program`}
      width={560}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          Close
        </Button>
      }
    >
      <section className="keys-section">
        <h3 className="field-label">virt-viewer, which goes through ssh by itself</h3>
        <CommandBlock text={virtViewerCommand(uri, vm.vm, takesUsb)} />
        {hasSpice ? (
          <Checkbox isSelected={takesUsb} onChange={setTakesUsb}>
            USB devices plugged in here while it has the focus go to the VM
          </Checkbox>
        ) : null}
      </section>
      {displays.map((reach, index) => (
        // displays have no name of their own
        // oxlint-disable-next-line react/no-array-index-key
        <Display key={index} reach={reach} name={name} />
      ))}
      {displays.length === 0 ? (
        <p className="field-hint">
          {hardware.isRunning ? 'It serves no display now.' : 'Its displays have addresses while it runs.'}
        </p>
      ) : null}
      <p className="field-hint">
        Encrypted displays and those with SASL are shown by virt-viewer and remote-viewer (Linux, Windows) and
        by Remmina (Linux); TightVNC and TigerVNC cannot sign in by SASL, and show no SPICE. On macOS, Screen
        Sharing opens vnc:// addresses that are not encrypted. The viewer asks for the password.
      </p>
    </Dialog>
  )
}

function Display({ reach, name }: { reach: Reach; name: string }) {
  if (reach.kind === 'on-host')
    return (
      <p className="field-hint">
        The {reach.type === 'vnc' ? 'VNC' : 'SPICE'} display is reached only from the host itself, so other
        viewers need a tunnel there.
      </p>
    )
  const { address } = reach
  const url = displayUrl(address)
  return (
    <section className="keys-section" aria-label={url}>
      <h3 className="field-label">{address.type === 'vnc' ? 'VNC' : 'SPICE'}</h3>
      <CommandBlock text={url} what="address" />
      <div className="keys-actions">
        <Button
          onPress={() =>
            downloadBlob(
              new Blob([viewerFile(address, name)], { type: 'application/x-virt-viewer' }),
              `${name.replace(/[^\w.-]+/g, '_')}.vv`,
            )
          }
        >
          Save a .vv file…
        </Button>
      </div>
    </section>
  )
}

function hostNameOf(uri: string): string {
  const [, name = ''] = /^[^:]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]*)/.exec(uri) ?? []
  return name.replace(/^\[|\]$/g, '') || 'localhost'
}

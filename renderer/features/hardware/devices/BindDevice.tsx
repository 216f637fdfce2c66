import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostDeviceRow } from '../../../../shared/model/hardware/host-device-rows'
import type { BindAction } from '../../../../shared/model/node-device'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { Note } from '../../../ui/Note'
import { askForDevices } from '../../../form/host-data'
import { useHardwareScope } from '../hardware-scope'

/** Drivers that hold a device for VMs. */
const holders = ['vfio-pci', 'pciback', 'xen-pciback']

/** A PCI device that is not managed is taken from the host’s driver by hand, and given back. Done at once, on the host. */
export function BindDevice({ row }: { row: HostDeviceRow }) {
  const { target, disabledReason } = useHardwareScope()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const isHeld = row.driver !== undefined && holders.includes(row.driver)
  const bind = async (action: BindAction): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await api.hosts.bindDevice({ host: target.host, name: row.key, action })
    } catch (reason) {
      setError(errorData(reason))
    }
    askForDevices(target.host)
    setBusy(false)
  }
  return (
    <>
      <Note
        tone="info"
        title={
          isHeld
            ? 'The device is detached from the host’s driver'
            : row.driver === undefined
              ? 'No driver of the host has the device'
              : `The host’s driver ${row.driver} has the device`
        }
        actions={
          <Button
            isDisabled={isBusy || disabledReason !== undefined}
            onPress={() => void bind(isHeld ? 'reattach' : 'detach')}
          >
            {isHeld ? 'Give it back to the host' : 'Detach it from the host'}
          </Button>
        }
      >
        {isHeld
          ? 'VMs can have it until it is given back.'
          : 'It is not managed, so it has to be detached before the VM starts. The host cannot use it from then on.'}
      </Note>
      {error ? <ErrorBox error={error} title={`${row.title} stays where it is`} /> : null}
    </>
  )
}

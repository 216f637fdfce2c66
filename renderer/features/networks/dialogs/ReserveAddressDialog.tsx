import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { valuesSchema } from '../../../../shared/model/hardware/change'
import type { Row } from '../../../../shared/model/hardware/field'
import { isIpv4, isIpv6 } from '../../../../shared/model/hardware/ip'
import type { HostId } from '../../../../shared/model/ids'
import { parseSubnet, isInside } from '../../../../shared/model/networks/subnet'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { showToast } from '../../../stores/toasts'
import { Button } from '../../../ui/Button'
import { ComboField } from '../../../ui/ComboField'
import { Dialog } from '../../../ui/Dialog'
import { PinIcon } from '../../../ui/icons/hardware'
import { TextField } from '../../../ui/TextField'
import { useAnswer } from '../../../api/use-answer'
import { saveNetwork, tellOutcome } from '../save-network'
import { useUsers } from '../use-users'

interface Props {
  readonly host: HostId
  readonly network: string
  readonly mac?: string
  readonly address?: string
  readonly hostname?: string
}

/** An address that always goes to the same card; the running network takes it at once. */
export function ReserveAddressDialog({ host, network, ...begin }: Props) {
  const view = useAnswer(`network ${host} ${network}`, () => api.networks.view({ host, network }), {
    isKept: true,
  })
  const users = useUsers(host, network, true)
  const [mac, setMac] = useState(begin.mac ?? '')
  const [address, setAddress] = useState(begin.address ?? '')
  const [name, setName] = useState(dnsName(begin.hostname ?? ''))
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const isV6 = address.includes(':')
  const reserved = (['reservations4', 'reservations6'] as const).flatMap((field) => {
    const rows = view.value?.values[field]
    return typeof rows === 'object' ? rows : []
  })
  const subnets = view.value?.network.subnets ?? []

  const addressProblem = ((): string | undefined => {
    const text = address.trim()
    if (text === '') return 'Enter an address'
    if (!isIpv4(text) && !isIpv6(text)) return 'Enter an address such as 192.168.122.10'
    if (reserved.some((row) => row['ip'] === text)) return 'This address is reserved already'
    const inside = subnets.flatMap((subnet) => parseSubnet(subnet) ?? []).some((one) => isInside(text, one))
    return inside || subnets.length === 0 ? undefined : `It is not in ${subnets.join(' or ')}`
  })()
  const macProblem = ((): string | undefined => {
    const text = mac.trim().toLowerCase()
    if (isV6) return undefined
    if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text)) return 'Enter a MAC address such as 52:54:00:12:34:56'
    return reserved.some((row) => String(row['mac'] ?? '').toLowerCase() === text)
      ? 'An address is reserved for this card already'
      : undefined
  })()
  const nameProblem = ((): string | undefined => {
    if (name === '') return isV6 ? 'Enter the name that the guest tells' : undefined
    return /^[A-Za-z0-9_.-]+$/.test(name) ? undefined : 'Use letters, digits, dots and dashes'
  })()
  const isFine = [addressProblem, macProblem, nameProblem].every((one) => one === undefined)

  const reserve = async (): Promise<void> => {
    setTried(true)
    if (!isFine || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      // as it is now: others may have changed it while the dialog was open
      const { base, values, network: facts } = await api.networks.view({ host, network })
      const field = isV6 ? 'reservations6' : 'reservations4'
      const before = values[field]
      const row: Row = {
        ...(isV6 ? {} : { mac: mac.trim().toLowerCase() }),
        ip: address.trim(),
        ...(name === '' ? {} : { name }),
      }
      const outcome = await saveNetwork({
        host,
        network,
        base,
        values: valuesSchema.parse({
          ...values,
          [field]: [...(typeof before === 'object' ? before : []), row],
        }),
      })
      closeDialog()
      showToast({ tone: 'success', title: `${network}: ${address.trim()} is reserved` })
      tellOutcome(host, network, facts.isActive, outcome)
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="Reserve an address"
      icon={PinIcon}
      width={500}
      onClose={closeDialog}
      onSubmit={() => void reserve()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Reserve
          </Button>
        </>
      }
    >
      <p className="secondary">
        {`In ${network} this address then always goes to the same network card. It counts at once; a guest that has another address changes when it renews its lease.`}
      </p>
      <ComboField
        label={isV6 ? 'MAC address (not used for IPv6)' : 'MAC address'}
        value={mac}
        onChange={setMac}
        isMono
        isDisabled={isV6}
        autoFocus={begin.mac === undefined}
        options={(users.value ?? []).map((user) => ({ id: user.mac, hint: user.vmName }))}
        hint={users.value?.find((user) => user.mac === mac)?.vmName}
        error={isTried || (mac !== '' && mac.length >= 17) ? macProblem : undefined}
      />
      <TextField
        label="Address"
        value={address}
        onChange={setAddress}
        isMono
        placeholder={subnets[0] ?? ''}
        error={isTried || (address !== '' && address === begin.address) ? addressProblem : undefined}
      />
      <TextField
        label={isV6 ? 'Name' : 'Name (optional)'}
        value={name}
        onChange={setName}
        isMono
        hint="Guests of the network find it under this name."
        error={name === '' && !isTried ? undefined : nameProblem}
      />
      {view.error ? <ErrorBox error={view.error} title="The network could not be read" /> : null}
      {error ? <ErrorBox error={error} title="Nothing was reserved" /> : null}
    </Dialog>
  )
}

/** A guest may call itself what no name server takes. */
function dnsName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-+|-+$/g, '')
}

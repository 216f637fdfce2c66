import { hostName, userName } from '../../../shared/model/new-vm/cloud'
import type { CloudWish, ShownCloud } from '../../../shared/model/new-vm/cloud-wish'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { Checkbox } from '../../ui/Checkbox'
import { Segmented } from '../../ui/Segmented'
import { Switch } from '../../ui/Switch'
import { TextArea } from '../../ui/TextArea'
import { TextField } from '../../ui/TextField'
import { addressError, errorBelow, packagesError, typedError } from './cloud-errors'
import { PasswordField } from './PasswordField'
import { SshKeys } from './SshKeys'
import { errorAt } from './steps'
import { useWizard } from './wizard'

interface FormProps {
  readonly cloud: ShownCloud
  readonly put: (change: CloudWish) => void
  /** Told at their fields, which begin with "source.init". */
  readonly problems: readonly PlanProblem[]
}

/** What cloud-init does when the VM starts for the first time. */
export function FirstStartStep() {
  const { wishes, shown, set, problems } = useWizard()
  const put = (change: CloudWish): void => set({ cloud: { ...wishes.cloud, ...change } })
  return (
    <>
      <FirstStartForm cloud={shown.cloud} put={put} problems={problems} />
      <p className="nv-note">
        cloud-init reads this from a small disc, which is made beside the disk and stays in the VM: it is
        asked for at every start.
      </p>
    </>
  )
}

/** Of a new VM, or of one that is there and gets another disc. */
export function FirstStartForm(props: FormProps) {
  const { cloud, put } = props
  return (
    <>
      <Switch isSelected={cloud.isRaw} onChange={(isRaw) => put({ isRaw })}>
        Write the configuration myself
      </Switch>
      {cloud.isRaw ? <RawForm {...props} /> : <LoginForm {...props} />}
    </>
  )
}

function LoginForm({ cloud, put, problems }: FormProps) {
  const at = 'source.init'
  return (
    <>
      <div className="nv-grid">
        <TextField
          label="User"
          value={cloud.userName}
          onChange={(name) => put({ userName: name })}
          isMono
          error={typedError(userName, cloud.userName) ?? errorBelow(problems, `${at}.user.name`)}
        />
        <TextField
          label="Name of the computer"
          value={cloud.hostname}
          onChange={(hostname) => put({ hostname })}
          isMono
          error={typedError(hostName, cloud.hostname) ?? errorBelow(problems, `${at}.hostname`)}
        />
      </div>
      <SshKeys
        value={cloud.sshKeys}
        onChange={(sshKeys) => put({ sshKeys })}
        error={errorBelow(problems, `${at}.user.sshKeys`)}
      />
      <div className="nv-grid">
        <PasswordField
          label="Password"
          value={cloud.password}
          onChange={(password) => put({ password })}
          hint="For the console. It is kept as a hash only."
          error={errorBelow(problems, `${at}.user.password`)}
        />
        <div className="nv-beside">
          <Checkbox isSelected={cloud.isAdmin} onChange={(isAdmin) => put({ isAdmin })}>
            May become root with sudo
          </Checkbox>
        </div>
      </div>
      <TextField
        label="Packages to install"
        value={cloud.packages}
        onChange={(packages) => put({ packages })}
        placeholder="None, or names such as qemu-guest-agent nginx"
        isMono
        error={packagesError(cloud.packages) ?? errorBelow(problems, `${at}.packages`)}
      />
      <Network cloud={cloud} put={put} problems={problems} />
    </>
  )
}

const networks = [
  { id: 'dhcp', label: 'By DHCP' },
  { id: 'static', label: 'Fixed' },
] as const

function Network({ cloud, put, problems }: FormProps) {
  const at = 'source.init.network'
  return (
    <>
      <Segmented
        label="Address of the first network card"
        value={cloud.network}
        segments={networks}
        onChange={(network) => put({ network })}
      />
      {cloud.network === 'dhcp' ? null : (
        <div className="nv-grid">
          <TextField
            label="Address"
            value={cloud.address}
            onChange={(address) => put({ address })}
            placeholder="192.0.2.10/24"
            isMono
            error={addressError(cloud.address, 'with-prefix') ?? errorAt(problems, at, `${at}.address`)}
          />
          <TextField
            label="Gateway"
            value={cloud.gateway}
            onChange={(gateway) => put({ gateway })}
            placeholder="None"
            isMono
            error={addressError(cloud.gateway, 'plain') ?? errorBelow(problems, `${at}.gateway`)}
          />
          <TextField
            label="Name servers"
            value={cloud.dns}
            onChange={(dns) => put({ dns })}
            placeholder="None"
            isMono
            error={addressError(cloud.dns, 'several') ?? errorBelow(problems, `${at}.dns`)}
          />
        </div>
      )}
    </>
  )
}

function RawForm({ cloud, put, problems }: FormProps) {
  return (
    <>
      <TextArea
        label="user-data"
        value={cloud.userData}
        onChange={(userData) => put({ userData })}
        rows={9}
        isMono
        placeholder="#cloud-config"
        hint="Taken as it is. A password in it is stored as you write it."
        error={errorBelow(problems, 'source.init.userData')}
      />
      <TextArea
        label="network-config"
        value={cloud.networkConfig}
        onChange={(networkConfig) => put({ networkConfig })}
        rows={5}
        isMono
        placeholder="Empty: each card asks by DHCP"
        error={errorBelow(problems, 'source.init.networkConfig')}
      />
    </>
  )
}

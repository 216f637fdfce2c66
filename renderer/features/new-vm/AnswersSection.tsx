import { answersFormatOf, discOf } from '../../../shared/model/new-vm/answers/format'
import { shownAnswers, type AnswersWish, type ShownAnswers } from '../../../shared/model/new-vm/answers-wish'
import { takesImages } from '../../../shared/model/new-vm/cloud-wish'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { Checkbox } from '../../ui/Checkbox'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { TextArea } from '../../ui/TextArea'
import { TextField } from '../../ui/TextField'
import { errorBelow } from './cloud-errors'
import { PasswordField } from './PasswordField'
import { SshKeys } from './SshKeys'
import { errorAt } from './steps'
import { useWizard } from './wizard'

interface FormProps {
  readonly answers: ShownAnswers
  readonly put: (change: AnswersWish) => void
}

const ways = [
  { id: 'off', label: 'I answer them' },
  { id: 'form', label: 'A short form' },
  { id: 'own', label: 'My own file' },
] as const

const ends = [
  { id: 'reboot', label: 'Start again' },
  { id: 'power-off', label: 'Shut down' },
] as const

/** Answers for the installer, on a small disc that it looks for by itself. */
export function AnswersSection() {
  const { wishes, known, problems, set } = useWizard()
  const { os, choices } = known.offer
  const answers = shownAnswers(wishes.answers ?? {}, known.offer)
  if (wishes.disc === undefined) return null
  const put = (change: AnswersWish): void => set({ answers: { ...wishes.answers, ...change } })
  const error = errorAt(problems, 'source.answers')
  const takers = choices?.pools.items.filter(takesImages) ?? []
  return (
    <section className="nv-answers" aria-label="The installer’s questions">
      <Segmented
        label="The installer’s questions"
        value={answers.kind}
        segments={ways}
        onChange={(kind) => put({ kind })}
      />
      {error === undefined ? (
        <p className="nv-note">{noteOf(os, known.medium?.os?.isLive === true)}</p>
      ) : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {answers.kind === 'form' ? <ShortForm answers={answers} put={put} /> : null}
      {answers.kind === 'own' ? (
        <TextArea
          label="File"
          value={answers.text}
          onChange={(text) => put({ text })}
          rows={9}
          isMono
          hint="Taken as it is. A password in it is stored as you write it."
          error={errorBelow(problems, 'source.answers.text')}
        />
      ) : null}
      {answers.kind === 'off' ? null : (
        <Select
          label="Pool for the disc"
          value={answers.pool}
          options={takers.map(({ name }) => ({ id: name, label: name }))}
          onChange={(pool) => put({ pool })}
          hint="The disc is made beside the disk and stays in the VM. Take it out once the system is installed."
          error={errorAt(problems, 'source.answers.pool')}
        />
      )}
    </section>
  )
}

/** What this installer takes, and what it asks all the same. */
function noteOf(os: OsKnowledge | undefined, isLive: boolean): string {
  if (!os) return 'Which file of answers it takes is known once the operating system is.'
  const format = answersFormatOf(os)
  if (!format) return `No way is known here to answer the installer of ${os.name}.`
  if (!discOf(format))
    return `The installer of ${os.name} takes no answers from a disc. Use Network install with the address of a preseed file.`
  switch (format) {
    case 'kickstart':
      return isLive
        ? 'This is a live disc, which looks for no answers: use the disc for servers, or for installing over the network.'
        : 'The installer finds a Kickstart file.'
    case 'autoyast':
      return 'The installer finds an AutoYaST profile.'
    case 'autoinstall':
      return 'The installer finds an autoinstall file. It asks once whether it may go on: answer “yes” on the console.'
    case 'windows':
      return 'The setup finds an answer file. If the disk or network card is virtio, add the disc with its drivers as a second disc: they are looked for there.'
    case 'preseed':
      return ''
  }
}

function ShortForm({ answers, put }: FormProps) {
  const { known, problems } = useWizard()
  const at = 'source.answers.form'
  const isWindows = known.offer.os?.family === 'winnt'
  const text = (label: string, key: TextKey, field: string, placeholder = '') => (
    <TextField
      label={label}
      value={answers[key]}
      onChange={(value) => put({ [key]: value })}
      placeholder={placeholder}
      error={errorBelow(problems, `${at}.${field}`)}
    />
  )
  return (
    <>
      <div className="nv-grid">
        {text('User', 'userName', 'user.name')}
        {text('Full name', 'fullName', 'user.fullName', 'As the user')}
        <PasswordField
          label="Password of the user"
          value={answers.password}
          onChange={(password) => put({ password })}
          hint={
            isWindows
              ? 'Windows takes it encoded, not encrypted: who reads the disc can read it.'
              : 'It is kept as a hash only.'
          }
          error={errorBelow(problems, `${at}.user.password`)}
        />
        {text('Name of the computer', 'hostname', 'hostname', 'As the VM')}
        {text('Language', 'language', 'language')}
        {isWindows ? null : text('Keyboard', 'keyboard', 'keyboard')}
        {text('Time zone', 'timeZone', 'timeZone')}
        {isWindows ? text('Edition', 'edition', 'windows.edition', 'The setup asks') : null}
        {isWindows ? text('Product key', 'productKey', 'windows.productKey', 'None') : null}
      </div>
      {isWindows ? null : (
        <>
          {text('Packages to install', 'packages', 'packages', 'None, or names such as vim nginx')}
          <SshKeys
            value={answers.sshKeys}
            onChange={(sshKeys) => put({ sshKeys })}
            error={errorBelow(problems, `${at}.user.sshKeys`)}
          />
        </>
      )}
      <Segmented
        label="Once it is installed"
        value={answers.atEnd}
        segments={ends}
        onChange={(atEnd) => put({ atEnd })}
      />
      <Checkbox isSelected={answers.erasesDisk} onChange={(erasesDisk) => put({ erasesDisk })}>
        The first disk is erased without being asked
      </Checkbox>
      {errorAt(problems, `${at}.erasesDisk`) === undefined ? null : (
        <p className="field-error" role="alert">
          {errorAt(problems, `${at}.erasesDisk`)}
        </p>
      )}
    </>
  )
}

type TextKey =
  | 'userName'
  | 'fullName'
  | 'hostname'
  | 'language'
  | 'keyboard'
  | 'timeZone'
  | 'packages'
  | 'productKey'
  | 'edition'

import type { AnswersFile } from '../../../shared/model/new-vm/answers/answers'

/** What cloud-init or an installer will read, as it will be on the disc; a password is not shown. */
export function SeedFiles({ files }: { readonly files: readonly AnswersFile[] }) {
  return (
    <div className="nv-seed">
      {files.map(({ name, text }) => (
        <section key={name} aria-label={name}>
          <h4 className="field-label">{name}</h4>
          <pre className="nv-seed-text selectable">{text}</pre>
        </section>
      ))}
    </div>
  )
}

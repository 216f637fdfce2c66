import type { AnswersFile } from '../../../shared/model/new-vm/answers/answers'

/** What cloud-init or an installer will read, as it will be on the disc; a password is not shown. */
export function SeedFiles({
  files,
  heading: Heading = 'h4',
}: {
  readonly files: readonly AnswersFile[]
  /** One below that of what they stand in. */
  readonly heading?: 'h3' | 'h4'
}) {
  return (
    <div className="nv-seed">
      {files.map(({ name, text }) => (
        <section key={name} aria-label={name}>
          <Heading className="field-label">{name}</Heading>
          <pre className="nv-seed-text selectable">{text}</pre>
        </section>
      ))}
    </div>
  )
}

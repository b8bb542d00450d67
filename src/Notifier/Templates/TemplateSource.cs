using System.Text;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Notifier.Templates;

/// <summary>
/// The templates of the folder <c>templates</c> beside the catalogue. A file may be missing: the one that is shipped is used then. A faulty
/// edit changes nothing and is reported. Read when asked, if a file changed; the shipped templates are parsed when the first notice is
/// written, since parsing and trying them costs a start a quarter of a second.
/// </summary>
internal sealed class TemplateSource(CatalogueSource catalogues, ILogger<TemplateSource> logger)
{
    private const int MaxBytes = 64 * 1024;
    private readonly Lock _reading = new();
    private readonly TemplateFile _zh = new("notice.zh.liquid", TemplateData.Samples);
    private readonly TemplateFile _en = new("notice.en.liquid", TemplateData.Samples);
    private readonly TemplateFile _reminderZh = new("reminder.zh.liquid", ReminderTemplateData.Samples);
    private readonly TemplateFile _reminderEn = new("reminder.en.liquid", ReminderTemplateData.Samples);
    private CatalogueFault? _failed;

    /// <summary>What is wrong with the files, or with the last notice that a template could not write.</summary>
    public IReadOnlyList<CatalogueFault> Faults
    {
        get
        {
            lock (_reading)
            {
                Refresh();
                return [.. Files.Select(file => file.Fault).Append(_failed).OfType<CatalogueFault>()];
            }
        }
    }

    /// <summary>
    /// Writes a notice. Where the template fails, which its reading did not find, the shipped one is used, so that no notice is held up.
    /// </summary>
    public NoticeText Write(TemplateInput data)
    {
        lock (_reading)
        {
            Refresh();
            var file = data is ReminderTemplateData
                ? data.English ? _reminderEn : _reminderZh
                : data.English ? _en : _zh;
            try
            {
                return file.Template.Write(data);
            }
            catch (TemplateException exception)
            {
                _failed = file.Describe(exception);
                logger.LogError("{Fault} The shipped template is used.", _failed);
                return file.Shipped.Write(data);
            }
        }
    }

    private TemplateFile[] Files => [_zh, _en, _reminderZh, _reminderEn];

    private void Refresh()
    {
        foreach (var file in Files.Where(file => file.Refresh(catalogues.Folder)))
        {
            _failed = null;
            if (file.Fault is { } fault)
            {
                logger.LogError("{Fault} The template in force stays.", fault);
            }
        }
    }

    /// <summary>One file, and the template that is in force for it.</summary>
    private sealed class TemplateFile(string name, IEnumerable<TemplateInput> samples)
    {
        private readonly Lazy<NoticeTemplate> _shipped = new(() => NoticeTemplate.Parse(ReadShipped(name), samples));
        private (DateTime Written, long Length)? _read;
        private NoticeTemplate? _template;

        /// <summary>The template that is shipped with the program.</summary>
        public NoticeTemplate Shipped => _shipped.Value;

        public NoticeTemplate Template => _template ?? Shipped;

        public CatalogueFault? Fault { get; private set; }

        /// <returns>Whether the file changed.</returns>
        public bool Refresh(string folder)
        {
            var file = new FileInfo(Path.Combine(folder, "templates", name));
            var state = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, -1L);
            if (_read == state)
            {
                return false;
            }

            (_read, Fault) = (state, null);
            try
            {
                _template = file.Exists && ReadText(file) is var text && text != ReadShipped(name)
                    ? NoticeTemplate.Parse(text, samples) : null;
            }
            catch (TemplateException exception)
            {
                Fault = Describe(exception);
            }

            return true;
        }

        public CatalogueFault Describe(TemplateException exception) =>
            new($"templates/{name}", exception.Line, null, exception.Problem, exception.Remedy);

        private static string ReadText(FileInfo file)
        {
            try
            {
                return file.Length <= MaxBytes
                    ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file.FullName)).TrimStart('\uFEFF')
                    : throw new TemplateException(
                        Line: null, new($"文件超过 {MaxBytes} 字节", $"the file has more than {MaxBytes} bytes"),
                        new("请检查是否放错了文件", "check that it is the right file"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                throw new TemplateException(
                    Line: null, new($"无法读取该文件（{exception.Message}）", $"the file cannot be read ({exception.Message})"),
                    new("请存为 UTF-8，并检查读取权限", "save it as UTF-8, and check that it may be read"));
            }
        }

        private static string ReadShipped(string name)
        {
            using var stream = typeof(TemplateSource).Assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}

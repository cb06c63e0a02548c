# Seconds that the package ConnectednessApproach takes for rolling connectedness of a table.
# Rscript rolling.R FILE.csv LAGS WINDOW HORIZON
args <- commandArgs(trailingOnly = TRUE)
suppressMessages({
  library(zoo)
  library(ConnectednessApproach)
})
table <- as.matrix(read.csv(args[1], header = FALSE))
colnames(table) <- paste0("s", seq_len(ncol(table)))
series <- zoo(table, order.by = as.Date("2000-01-01") + seq_len(nrow(table)))
taken <- system.time(
  invisible(capture.output(ConnectednessApproach(
    series, nlag = as.integer(args[2]), nfore = as.integer(args[4]),
    window.size = as.integer(args[3]), model = "VAR", connectedness = "Time"
  )))
)
cat(taken[["elapsed"]], "\n")

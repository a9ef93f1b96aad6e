{% macro pooled() -%}
    {#-
        Counts, mean, population variance, extremes and cut-off counts of what parts add up to. `centre` is the
        paper's mean: the variance is taken about it, so that no square of a large number loses digits.
    -#}
    cast(sum(registered) as integer) as registered,
    cast(sum(takers) as integer) as takers,
    cast(sum(void) as integer) as void,
    any_value(centre) as centre,
    sum(takers * mean_score) / nullif(sum(takers), 0) as mean_score,
    case
        when max(best_score) = min(least_score) then 0.0e0
        when sum(takers) > 0 then greatest(
            sum(takers * (variance + power(mean_score - centre, 2))) / nullif(sum(takers), 0)
            - power(sum(takers * (mean_score - centre)) / nullif(sum(takers), 0), 2), 0
        )
    end as variance,
    min(least_score) as least_score,
    max(best_score) as best_score,
    sum(excellent) as excellent,
    sum(passed) as passed,
    sum(low) as low,
    sum(at_line) as at_line,
    sum(under_line) as under_line
{%- endmacro %}


{% macro exam_figures(row, paper) -%}
    {#- What every published row of a paper says: who was listed, who sat, mean, spread and the three rates. -#}
    {{ row }}.registered,
    {{ row }}.takers,
    {{ row }}.void,
    {{ row }}.takers / nullif({{ row }}.registered, 0) as participation_rate,
    {{ row }}.mean_score,
    sqrt({{ row }}.variance) as std_dev,
    case when {{ paper }}.excellent_mark is not null then {{ row }}.excellent / nullif({{ row }}.takers, 0) end
        as excellent_rate,
    case when {{ paper }}.pass_mark is not null then {{ row }}.passed / nullif({{ row }}.takers, 0) end as pass_rate,
    case when {{ paper }}.low_mark is not null then {{ row }}.low / nullif({{ row }}.takers, 0) end as low_rate
{%- endmacro %}


{% macro quantiles() -%}
    {#- Nine deciles and the quartiles of `score`, interpolated, as one list. -#}
    quantile_cont(score, [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9])
{%- endmacro %}


{% macro quantile_columns(list) -%}
    {#- The list of `quantiles` as columns. -#}
    {%- for name in ['p10', 'p20', 'p25', 'p30', 'p40', 'median_score', 'p60', 'p70', 'p75', 'p80', 'p90'] %}
    {{ list }}[{{ loop.index }}] as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

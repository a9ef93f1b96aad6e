{% macro indicator_value(scale, numerator, denominator) -%}
    {#- The one formula of every indicator, for a school and (sum over sum) for the county. -#}
    {{ scale }} * {{ numerator }} / nullif({{ denominator }}, 0)
{%- endmacro %}


{% macro county_mean(method, scale, numerator, denominator, value) -%}
    {#- Pooled mean (sum over sum), or the plain mean where a standard names the unweighted method. -#}
    case
        when {{ method }} = 'unweighted' then avg({{ value }})
        else {{ indicator_value(scale, "sum(" ~ numerator ~ ")", "sum(" ~ denominator ~ ")") }}
    end
{%- endmacro %}


{% macro spread(weight, value, mean) -%}
    {#- Population standard deviation about the county mean; a weight of pupils gives the official form. -#}
    sqrt(sum({{ weight }} * ({{ value }} - {{ mean }}) * ({{ value }} - {{ mean }})) / nullif(sum({{ weight }}), 0))
{%- endmacro %}


{% macro reaches(value, line, row=none) -%}
    {#- At or above a line, with the dated relative tolerance. -#}
    {{ value }} >= {{ line }} * (1 - {{ parameter('test_tolerance', row=row) }})
{%- endmacro %}


{% macro within(value, line, row=none) -%}
    {#- At or below a line, with the dated relative tolerance. -#}
    {{ value }} <= {{ line }} * (1 + {{ parameter('test_tolerance', row=row) }})
{%- endmacro %}


{% macro parameter(name, column='value', row=none) -%}
    {#-
        A dated parameter as at 1 September of the `school_year` of the query (of its relation `row`);
        of several rows in force the one that began last, so a county adds a row and leaves ours alone.
    -#}
    (
        select arg_max(parameters.{{ column }}, parameters.valid_from)
        from {{ ref('parameters') }} as parameters
        where parameters.parameter = '{{ name }}'
            and make_date({{ row ~ '.' if row }}school_year, 9, 1) between parameters.valid_from and parameters.valid_to
    )
{%- endmacro %}


{% macro cv_after_step(row) -%}
    {#-
        The county's coefficient if one school got one `step` more, from the present mean and spread:
        its value rises by `gain`, the mean by p·gain, the variance by p·gain·(2d + gain·(1 − p)).
    -#}
    sqrt(greatest(
        power({{ row }}.std_dev, 2)
        + {{ row }}.weight_share * {{ row }}.gain
        * (2 * ({{ row }}.value - {{ row }}.county_mean) + {{ row }}.gain * (1 - {{ row }}.weight_share)), 0
    )) / nullif({{ row }}.county_mean + {{ row }}.weight_share * {{ row }}.gain, 0)
{%- endmacro %}


{% macro lacking(row, reached, needed) -%}
    {#- What the numerator lacks to a line: 0 for a status that has reached it, null where none can be told. -#}
    case
        when {{ row }}.status in {{ reached }} then 0
        when {{ row }}.status in ('near', 'below') then {{ row }}.{{ needed }} - {{ row }}.numerator
    end
{%- endmacro %}


{% macro unless_noise(spread, size) -%}
    {#- A spread, or 0 where it is no more than the binary noise of equal values. -#}
    case when abs({{ spread }}) <= abs({{ size }}) * {{ parameter('test_tolerance') }} then 0 else {{ spread }} end
{%- endmacro %}

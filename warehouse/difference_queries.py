"""The queries behind `warehouse.differences`: two snapshots attached as `before_file` and `after_file`."""

EQUALS = """create macro differs(x, y) as coalesce(
    (x is null) <> (y is null) or abs(x - y) > 1e-9 * greatest(abs(x), abs(y)), false
)"""

SCHOOLS = """create temp table schools as
    select school_code, max_by(school_name, school_year) as school_name
    from (
        select * from before_file.marts.dim_school
        union all by name
        select * from after_file.marts.dim_school
    )
    group by school_code"""

NO_CORRECTIONS = """create temp table {side}_corrections (
    school_year integer, school_code varchar, dataset varchar, stage varchar, field varchar, new_value double
)"""
"""A snapshot older than corrections as data has none."""

CORRECTIONS_OF = """create temp table {side}_corrections as
    select school_year, school_code, dataset, stage, field, new_value from {side}_file.seeds.corrections"""

CORRECTIONS = """create temp table corrections as
    select school_year, school_code, dataset, stage, field,
        was.new_value as value_before, now.new_value as value_after,
        case when was.new_value is null then 'added' when now.new_value is null then 'removed'
            else 'changed' end as change
    from before_corrections as was
    full join after_corrections as now using (school_year, school_code, dataset, stage, field)
    where differs(was.new_value, now.new_value)
    order by all"""

CORRECTED = """create temp table corrected as
    select distinct school_year, coalesce(parent_school_code, school_code) as school_code,
        true as is_by_correction
    from corrections left join after_file.marts.dim_school using (school_year, school_code)"""
"""The schools whose figures a changed correction may move: the site's own, or the one it counts with."""

FIGURES = """create temp table figures as
    select standard_code, school_year, stage, indicator_code, school_code, schools.school_name,
        was.value as value_before, now.value as value_after,
        was.numerator as numerator_before, now.numerator as numerator_after,
        was.denominator as denominator_before, now.denominator as denominator_after,
        was.status as status_before, now.status as status_after,
        case when was.status is null then 'added' when now.status is null then 'removed' else 'changed' end
            as change,
        coalesce(is_by_correction, false) and was.exception_code is not distinct from now.exception_code
            as is_by_correction
    from before_file.marts.fct_school_indicator as was
    full join after_file.marts.fct_school_indicator as now
        using (standard_code, school_year, stage, indicator_code, school_code)
    left join schools using (school_code)
    left join corrected using (school_year, school_code)
    where was.status is distinct from now.status or differs(was.value, now.value)
        or differs(was.numerator, now.numerator) or differs(was.denominator, now.denominator)"""

COUNTS = """select standard_code, stage, indicator_code,
        count(*) filter (change = 'changed') as changed, count(*) filter (change = 'added') as added,
        count(*) filter (change = 'removed') as removed, count(distinct school_code) as schools
    from figures left join after_file.marts.dim_standard as standard using (standard_code)
    group by all order by any_value(standard.sort_order) nulls last, stage desc, indicator_code"""

VERDICTS = """with judged as (
        select standard_code, school_year, stage, school_code,
            was.verdict as verdict_before, now.verdict as verdict_after,
            count(was.verdict) over years > 0 and count(now.verdict) over years > 0 as is_comparable
        from before_file.marts.fct_school_compliance as was
        full join after_file.marts.fct_school_compliance as now
            using (standard_code, school_year, stage, school_code)
        window years as (partition by standard_code, school_year)
    )
    select standard_code, school_year, stage, school_code, school_name, verdict_before, verdict_after
    from judged left join schools using (school_code)
        left join after_file.marts.dim_standard as standard using (standard_code)
    where is_comparable and verdict_before is distinct from verdict_after
    order by standard.sort_order nulls last, school_year desc, stage desc,
        verdict_after = 'not_compliant' desc nulls last, school_code"""

COUNTY_VERDICTS = """select standard_code, school_year, stage,
        was.status as status_before, now.status as status_after,
        was.schools_compliant as compliant_before, now.schools_compliant as compliant_after,
        was.schools as schools_before, now.schools as schools_after
    from before_file.marts.fct_county_verdict as was
    inner join after_file.marts.fct_county_verdict as now using (standard_code, school_year, stage)
    left join after_file.marts.dim_standard as standard using (standard_code)
    where was.status is distinct from now.status
        or was.schools_compliant is distinct from now.schools_compliant
        or was.schools is distinct from now.schools
    order by standard.sort_order nulls last, school_year desc, stage desc"""

COEFFICIENTS = """select standard_code, school_year, stage, indicator_code,
        was.cv as cv_before, now.cv as cv_after, was.cv_limit as limit_before, now.cv_limit as limit_after,
        was.status as status_before, now.status as status_after,
        coalesce(was.status <> now.status, false) as crosses_limit,
        case when was.status is null then 'added' when now.status is null then 'removed' else 'changed' end
            as change
    from before_file.marts.fct_county_balance as was
    full join after_file.marts.fct_county_balance as now
        using (standard_code, school_year, stage, indicator_code)
    left join after_file.marts.dim_standard as standard using (standard_code)
    where was.status is distinct from now.status or differs(was.cv, now.cv)
        or differs(was.cv_limit, now.cv_limit)
    order by crosses_limit desc,
        standard.sort_order nulls last, school_year desc, stage desc, indicator_code"""

ITEMS = """select standard_code, school_year, item_code, item.short_zh, item.short_en,
        was.status as status_before, now.status as status_after, was.value as value_before,
        now.value as value_after, was.status <> now.status as is_flip
    from before_file.marts.fct_inspection_item as was
    inner join after_file.marts.fct_inspection_item as now using (standard_code, school_year, item_code)
    inner join after_file.marts.dim_inspection_item as item using (item_code)
    left join after_file.marts.dim_standard as standard using (standard_code)
    where not starts_with(item_code, 'R')
        and (was.status <> now.status or differs(was.value, now.value)
            or differs(was.numerator, now.numerator) or differs(was.denominator, now.denominator))
    order by is_flip desc, standard.sort_order nulls last, school_year desc, item.sort_order"""
"""Coefficients and schools, the items R0 to R7, are told by themselves."""

SOURCES = """with was as (
        select file_hash, min(file_name) as file_name from before_file.marts.fct_source
        where is_current group by file_hash
    ),
    now as (
        select file_hash, min(file_name) as file_name, bool_or(is_current) as is_current
        from after_file.marts.fct_source where not is_retracted group by file_hash
    ),
    gone as (
        select was.*, now.file_hash is not null as is_kept from was left join now using (file_hash)
        where not coalesce(now.is_current, false)
    ),
    come as (select now.* from now anti join was using (file_hash) where now.is_current)
    select coalesce(gone.file_name, come.file_name) as file_name,
        gone.file_hash as hash_before, come.file_hash as hash_after,
        case
            when gone.file_name is null then 'added'
            when come.file_name is not null then 'replaced'
            when gone.is_kept then 'superseded'
            else 'removed'
        end as change
    from gone full join come on gone.file_name = come.file_name
    order by change, 1"""

ISSUES = """select rule_code, count(*) filter (now.issue_id is not null) as opened,
        count(*) filter (now.issue_id is null) as closed
    from before_file.marts.fct_data_issue as was
    full join after_file.marts.fct_data_issue as now using (issue_id, rule_code)
    where was.issue_id is null or now.issue_id is null
    group by rule_code order by rule_code"""

DELETED = """select 'year' as kind, cast(school_year as varchar) as code, label as name
        from before_file.marts.dim_school_year where school_year not in (
            select school_year from after_file.marts.dim_school_year)
    union all
    select 'standard', standard_code, name_zh from before_file.marts.dim_standard where standard_code not in (
        select standard_code from after_file.marts.dim_standard)
    union all
    select distinct 'indicator', concat_ws(' ', standard_code, stage, indicator_code), name_zh
        from before_file.marts.dim_indicator
        anti join after_file.marts.dim_indicator using (standard_code, stage, indicator_code)
        where standard_code in (select standard_code from after_file.marts.dim_standard)
    union all
    select 'school', school_code,
        concat(min(school_name), ' (', string_agg(school_year, ', ' order by school_year), ')')
        from before_file.marts.dim_school
        anti join after_file.marts.dim_school using (school_year, school_code)
        where school_year in (select school_year from after_file.marts.dim_school_year) group by school_code
    order by kind desc, code"""

ALL_FIGURES = """from figures
    order by standard_code, school_year desc, stage desc, indicator_code, school_code"""

COLUMNS = """select table_name, list(column_name order by column_index) from duckdb_columns()
    where database_name = ? and schema_name = 'seeds' group by table_name"""

CELLS = """create temp table {side}_cells (
    table_name varchar, row_key varchar, standard_code varchar, column_name varchar, value varchar
)"""

FILL_CELLS = """insert into {side}_cells
    select '{table}', row_key, standard_code_of_row, column_name, value
    from (
        select concat_ws(' ', {keys}) as row_key, {standard} as standard_code_of_row, {columns}
        from {side}_file.seeds.{table}
    ) unpivot (value for column_name in ({names}))"""

DEFINITIONS = """with cells as (
        select table_name, row_key, coalesce(was.standard_code, now.standard_code) as standard_code,
            column_name, was.value as value_before, now.value as value_after
        from before_cells as was full join after_cells as now using (table_name, row_key, column_name)
        where was.value is distinct from now.value
            and coalesce(try_cast(was.value as double) <> try_cast(now.value as double), true)
    ),
    kinds as (
        select *, case
            when (table_name, row_key) not in (select (table_name, row_key) from before_cells) then 'added'
            when (table_name, row_key) not in (select (table_name, row_key) from after_cells) then 'removed'
            else 'changed' end as change
        from cells
    )
    select table_name, row_key, standard_code, change,
        case change when 'changed' then column_name else '' end as changed_column,
        string_agg(case change when 'changed' then value_before else column_name || '=' || value_before end,
            '; ' order by column_name) as value_before,
        string_agg(case change when 'changed' then value_after else column_name || '=' || value_after end,
            '; ' order by column_name) as value_after
    from kinds group by all order by table_name, row_key, changed_column"""
